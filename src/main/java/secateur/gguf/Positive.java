package secateur.gguf;

import java.util.Arrays;

/**
 * Numbers from 0 on to codes from 0 to N: of the scales max / (N + k/10) for k from -4 to 4 the one of the least weighted squared
 * error is taken, then the codes are improved one by one.
 */
final class Positive implements Fit {

  private final int top;
  private final Descent descent;

  /** For codes up to {@code top}, N. */
  Positive(int top) {
    this.top = top;
    descent = new Descent(0, top);
  }

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float max = Math.abs(Codes.peak(x));
    if (max == 0) {
      Arrays.fill(codes, 0);
      return 0;
    }
    float best = top / max;
    float least = error(x, w, best);
    for (int k = -4; k <= 4; k++) {
      float inverse = (0.1f * k + top) / max;
      float error = error(x, w, inverse);
      if (error < least) {
        least = error;
        best = inverse;
      }
    }
    return descent.scale(x, w, best, codes);
  }

  private float error(float[] x, float[] w, float inverse) {
    float scale = 1 / inverse;
    float error = 0;
    for (int i = 0; i < x.length; i++) {
      float difference = x[i] - scale * Codes.nearest(inverse * x[i], 0, top);
      error += w[i] * difference * difference;
    }
    return error;
  }
}
