package secateur.gguf;

/** From numbers to codes: rounding and bounds. */
final class Codes {

  /** Weights whose magnitudes all lie below this count as zeros. */
  static final float ZERO = 1e-15f;

  /** From 2^23 to 2^24 float32 has whole numbers only, so that adding this rounds. */
  private static final float WHOLE = 0x1.8p23f;

  private Codes() {}

  /** The nearest integer, half to even, that lies between the bounds, which are far below 2^22. */
  static int nearest(float x, int low, int high) {
    return Math.max(low, Math.min(high, (int) (x + WHOLE - WHOLE)));
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

  /**
   * The scale of a sub-block.
   *
   * @throws ArithmeticException if float32 had no place for its sums
   */
  static float finite(float scale) {
    if (!Float.isFinite(scale)) {
      throw new ArithmeticException("the scale of a sub-block is " + scale + ": its weights, or their importance, are too large");
    }
    return scale;
  }
}
