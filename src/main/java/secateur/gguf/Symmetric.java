package secateur.gguf;

import java.util.Arrays;

/**
 * Codes from -m to m - 1. The number of the largest magnitude is laid on -m, then on -(m + k/10) for k from -9 to 9; for codes l the
 * best scale is Σ w x l / Σ w l², which takes (Σ w x l)² / Σ w l² off the error. Codes of zeros are -m.
 */
final class Symmetric implements Fit {

  private final int m;
  private float wxl;
  private float wll;

  Symmetric(int m) {
    this.m = m;
  }

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float peak = Codes.peak(x);
    if (Math.abs(peak) < Codes.ZERO) {
      Arrays.fill(codes, -m);
      return 0;
    }
    float best = -m / peak;
    sums(x, w, best);
    float scale = wll == 0 ? 0 : wxl / wll;
    float gain = scale * wxl;
    for (int k = -9; k <= 9; k++) {
      float inverse = -(m + 0.1f * k) / peak;
      sums(x, w, inverse);
      if (wll > 0 && wxl * wxl > gain * wll) {
        best = inverse;
        scale = wxl / wll;
        gain = scale * wxl;
      }
    }
    codes(x, best, codes);
    return scale;
  }

  private void sums(float[] x, float[] w, float inverse) {
    float xl = 0;
    float ll = 0;
    for (int i = 0; i < x.length; i++) {
      int l = Codes.nearest(inverse * x[i], -m, m - 1);
      xl += w[i] * x[i] * l;
      ll += w[i] * l * l;
    }
    wxl = xl;
    wll = ll;
  }

  private void codes(float[] x, float inverse, int[] codes) {
    for (int i = 0; i < x.length; i++) {
      codes[i] = Codes.nearest(inverse * x[i], -m, m - 1);
    }
  }
}
