package secateur.file;

/** The upper half of a float32: its sign, its exponent, and 7 of the 23 bits of its mantissa. */
public final class Bfloat16 {

  private static final int CUT = 16;

  private Bfloat16() {}

  /** The bits of the bfloat16 nearest to {@code value}, of two as near the even one; infinite beyond its range. */
  public static short bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> CUT | 1 << 6); // a NaN whose low bits alone are set stays one
    }
    int half = (1 << CUT - 1) - 1 + (bits >>> CUT & 1);
    return (short) (bits + half >>> CUT);
  }

  /** The number that {@code bits} are. */
  public static float value(short bits) {
    return Float.intBitsToFloat(bits << CUT);
  }
}
