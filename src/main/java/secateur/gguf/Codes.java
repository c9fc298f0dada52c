package secateur.gguf;

/** From numbers to codes: rounding and bounds. */
final class Codes {

  /** Where a block's largest magnitude is below this, all of it is zero. */
  static final float ZERO = 1e-15f;

  private Codes() {}

  /** Rounds to the nearest integer, half to even. */
  static int nearest(float x) {
    return (int) Math.rint(x);
  }

  /** The nearest integer, half to even, that lies between the bounds. */
  static int nearest(float x, int low, int high) {
    return Math.max(low, Math.min(high, nearest(x)));
  }

  /** Rounds to the nearest integer, half away from zero. */
  static int halfAway(float x) {
    return (int) (x + Math.copySign(0.5, x));
  }

  /** Where the first of the largest magnitudes is. */
  static int peak(float[] x) {
    int peak = 0;
    for (int i = 1; i < x.length; i++) {
      if (Math.abs(x[i]) > Math.abs(x[peak])) {
        peak = i;
      }
    }
    return peak;
  }
}
