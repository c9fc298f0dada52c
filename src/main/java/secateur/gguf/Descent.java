package secateur.gguf;

/**
 * Coordinate descent over whole codes: with a code taken out of the sums, what is left proposes x Σ w l² / Σ w x l for it, which is
 * kept where (Σ w x l)² / Σ w l² grows. At most five sweeps.
 */
final class Descent {

  private static final int SWEEPS = 5;

  private final int low;
  private final int high;
  private float wxl;
  private float wll;

  /** For codes between the bounds. */
  Descent(int low, int high) {
    this.low = low;
    this.high = high;
  }

  /** Improves the codes that {@code inverse} gives and returns the best scale for them. */
  float scale(float[] x, float[] w, float inverse, int[] codes) {
    start(x, w, inverse, codes);
    boolean changed = true;
    for (int sweep = 0; changed && sweep < SWEEPS; sweep++) {
      changed = sweep(x, w, codes);
    }
    return wll == 0 ? 0 : wxl / wll;
  }

  private void start(float[] x, float[] w, float inverse, int[] codes) {
    wxl = 0;
    wll = 0;
    for (int i = 0; i < x.length; i++) {
      int l = Codes.nearest(inverse * x[i], low, high);
      codes[i] = l;
      wxl += w[i] * x[i] * l;
      wll += w[i] * l * l;
    }
  }

  private boolean sweep(float[] x, float[] w, int[] codes) {
    boolean changed = false;
    for (int i = 0; i < x.length; i++) {
      changed |= propose(x[i], w[i], codes, i);
    }
    return changed;
  }

  private boolean propose(float x, float w, int[] codes, int i) {
    float xl = wxl - w * x * codes[i];
    float ll = wll - w * codes[i] * codes[i];
    if (!(xl > 0 && ll > 0)) {
      return false;
    }
    int l = Codes.nearest(x * ll / xl, low, high);
    xl += w * x * l;
    ll += w * l * l;
    if (l == codes[i] || !(xl * xl * wll > wxl * wxl * ll)) {
      return false;
    }
    codes[i] = l;
    wxl = xl;
    wll = ll;
    return true;
  }
}
