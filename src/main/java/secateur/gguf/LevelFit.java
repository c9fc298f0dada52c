package secateur.gguf;

import java.util.stream.IntStream;

/**
 * Codes of 16 levels v that lie closer around zero. The number of the largest magnitude is laid on 127, then on -127 + t for t from -7
 * to 7; for the nearest levels the best scale is Σ w x v / Σ w v², which takes (Σ w x v)² / Σ w v² off the error. The codes are those
 * nearest at the best scale.
 */
final class LevelFit implements Fit {

  private static final int[] LEVELS = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

  /** The code for x = -127, -126.5, …, 113 and up to the next: the middles of two levels are among these. */
  private static final int[] CODES = IntStream.rangeClosed(2 * LEVELS[0], 2 * LEVELS[LEVELS.length - 1])
      .map(x -> (int) IntStream.range(1, LEVELS.length).filter(i -> LEVELS[i - 1] + LEVELS[i] <= x).count()).toArray();

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
    return CODES[Math.max(0, Math.min(CODES.length - 1, (int) (2.0 * x - 2 * LEVELS[0])))];
  }
}
