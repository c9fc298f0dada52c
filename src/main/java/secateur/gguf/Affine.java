package secateur.gguf;

import java.util.Arrays;

/**
 * x ≈ s l + a with codes l from 0 to N and a ≤ 0. Codes are those of (N + r + k δ) / (max - min) for k = 0, 1, …, K; for each k s and
 * a solve the weighted least squares, the least error is kept, and its a is the minimum that later codes count from.
 */
final class Affine implements OffsetFit {

  private final int top;
  private final Search search;
  private int[] trial = {};
  private float low;
  private float high;
  private float wSum;
  private float wx;
  private float offset;
  private float trialScale;
  private float trialOffset;

  /**
   * Which scales are tried, and by which error they are judged.
   *
   * @param first r
   * @param step δ
   * @param last K
   * @param absolute whether by Σ w |x - s l - a| instead of squares
   */
  record Search(float first, float step, int last, boolean absolute) {

    /** Where weights have an importance. */
    static final Search IMPORTANT = new Search(-0.9f, 0.05f, 36, false);
  }

  /** For codes up to {@code top}, N. */
  Affine(int top, Search search) {
    this.top = top;
    this.search = search;
  }

  @Override
  public float offset() {
    return offset;
  }

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    range(x, w);
    offset = low;
    if (high == low) {
      Arrays.fill(codes, 0);
      return 0;
    }
    trial = trial.length == x.length ? trial : new int[x.length];
    float inverse = top / (high - low);
    code(x, inverse, codes);
    return improve(x, w, codes, 1 / inverse);
  }

  private void range(float[] x, float[] w) {
    low = x[0];
    high = x[0];
    wSum = 0;
    wx = 0;
    for (int i = 0; i < x.length; i++) {
      low = x[i] < low ? x[i] : low;
      high = x[i] > high ? x[i] : high;
      wSum += w[i];
      wx += w[i] * x[i];
    }
    low = low > 0 ? 0 : low;
  }

  private float improve(float[] x, float[] w, int[] codes, float start) {
    float scale = start;
    float least = error(x, w, codes, scale, offset);
    for (int k = 0; k <= search.last; k++) {
      code(x, (search.first + search.step * k + top) / (high - low), trial);
      if (!solve(x, w)) {
        continue;
      }
      float error = error(x, w, trial, trialScale, trialOffset);
      if (error < least) {
        least = error;
        scale = trialScale;
        offset = trialOffset;
        System.arraycopy(trial, 0, codes, 0, codes.length);
      }
    }
    return scale;
  }

  private void code(float[] x, float inverse, int[] codes) {
    for (int i = 0; i < x.length; i++) {
      codes[i] = Codes.nearest(inverse * (x[i] - offset), 0, top);
    }
  }

  /** The weighted least squares of x ≈ s l + a by Cramer's rule. */
  private boolean solve(float[] x, float[] w) {
    float wl = 0;
    float wll = 0;
    float wxl = 0;
    for (int i = 0; i < x.length; i++) {
      int l = trial[i];
      wl += w[i] * l;
      wll += w[i] * l * l;
      wxl += w[i] * l * x[i];
    }
    float determinant = wSum * wll - wl * wl;
    trialScale = (wSum * wxl - wx * wl) / determinant;
    trialOffset = (wll * wx - wl * wxl) / determinant;
    if (trialOffset > 0) {
      trialOffset = 0;
      trialScale = wxl / wll;
    }
    return determinant > 0;
  }

  private float error(float[] x, float[] w, int[] codes, float s, float a) {
    float error = 0;
    for (int i = 0; i < x.length; i++) {
      float difference = s * codes[i] + a - x[i];
      error += w[i] * (search.absolute ? Math.abs(difference) : difference * difference);
    }
    return error;
  }
}
