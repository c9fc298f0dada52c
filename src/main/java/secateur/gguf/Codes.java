package secateur.gguf;

/** From numbers to codes: rounding and bounds. */
final class Codes {

  /** Weights whose magnitudes all lie below this count as zeros. */
  static final float ZERO = 1e-15f;

  private Codes() {}

  /** The nearest integer, half to even. */
  static int nearest(float x) {
    return (int) Math.rint(x);
  }

  /** The nearest integer, half to even, that lies between the bounds. */
  static int nearest(float x, int low, int high) {
    return Math.max(low, Math.min(high, nearest(x)));
  }

  /** The nearest integer, half away from zero. */
  static int halfAway(float x) {
    return (int) (x + Math.copySign(0.5, x));
  }

  /** The number of the largest magnitude, with its sign; the first of several. */
  static float peak(float[] x) {
    float peak = 0;
    for (float each : x) {
      if (Math.abs(each) > Math.abs(peak)) {
        peak = each;
      }
    }
    return peak;
  }

  /** 1 / x, or 0 for 0. */
  static float inverse(float x) {
    return x == 0 ? 0 : 1 / x;
  }
}
