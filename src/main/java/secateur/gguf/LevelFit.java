package secateur.gguf;

/**
 * Codes of 16 levels v that lie closer around zero. The number of the largest magnitude is laid on 127, then on -127 + t for t from -7
 * to 7; for the nearest levels the best scale is Σ w x v / Σ w v², which takes (Σ w x v)² / Σ w v² off the error. The codes are those
 * nearest at the best scale.
 */
final class LevelFit implements Fit {

  private static final int[] LEVELS = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

  private float wxv;
  private float wvv;

  static int level(int code) {
    return LEVELS[code];
  }

  @Override
  public float scale(float[] x, float[] w, int[] codes) {
    float peak = Codes.peak(x);
    float scale = Math.abs(peak) < Codes.ZERO ? 0 : search(x, w, peak);
    float inverse = Codes.inverse(scale);
    for (int i = 0; i < x.length; i++) {
      codes[i] = nearest(inverse * x[i]);
    }
    return scale;
  }

  private float search(float[] x, float[] w, float peak) {
    sums(x, w, 1 / (-peak / LEVELS[0]));
    float scale = wvv == 0 ? 0 : wxv / wvv;
    float gain = scale * wxv;
    for (int t = -7; t <= 7; t++) {
      sums(x, w, (t + LEVELS[0]) / peak);
      if (wvv > 0 && wxv * wxv > gain * wvv) {
        scale = wxv / wvv;
        gain = scale * wxv;
      }
    }
    return scale;
  }

  private void sums(float[] x, float[] w, float inverse) {
    float xv = 0;
    float vv = 0;
    for (int i = 0; i < x.length; i++) {
      int v = LEVELS[nearest(inverse * x[i])];
      xv += w[i] * v * x[i];
      vv += w[i] * v * v;
    }
    wxv = xv;
    wvv = vv;
  }

  /** The code of the nearest level, of two equally near ones the higher. */
  private static int nearest(float x) {
    int below = 0;
    for (int step = 8; step > 0; step /= 2) {
      below += x >= LEVELS[below + step] ? step : 0;
    }
    boolean higher = below < 15 && !(x - LEVELS[below] < LEVELS[below + 1] - x);
    return higher ? below + 1 : below;
  }
}
