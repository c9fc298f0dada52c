package secateur.gguf;

import java.util.Arrays;

/** Codes from -m to m - 1: the number of the largest magnitude is laid on -m, then the codes are improved one by one. */
final class SymmetricDescent implements Fit {

  private final int m;
  private final Descent descent;

  SymmetricDescent(int m) {
    this.m = m;
    descent = new Descent(-m, m - 1);
  }

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float peak = Codes.peak(x);
    if (Math.abs(peak) < Codes.ZERO) {
      Arrays.fill(codes, -m);
      return 0;
    }
    return descent.scale(x, w, -m / peak, codes);
  }
}
