package secateur.gguf;

import java.util.Arrays;

/** Codes from -m to m - 1: the number of the largest magnitude is laid on -m. All count the same. */
record ToPeak(int m) implements Fit {

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float peak = Codes.peak(x);
    if (peak == 0) {
      Arrays.fill(codes, -m);
      return 0;
    }
    float inverse = -m / peak;
    for (int i = 0; i < x.length; i++) {
      codes[i] = Codes.nearest(inverse * x[i], -m, m - 1);
    }
    return 1 / inverse;
  }
}
