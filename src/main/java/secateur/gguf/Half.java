package secateur.gguf;

/** IEEE 754 half precision (binary16) in software; Java has it from release 20 on. */
public final class Half {

  /** 65504. */
  static final float MAX = 0x1.ffcp15f;
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int QUIET = 0x0200;

  private Half() {}

  /** The half nearest to {@code value}, of two equally near ones the even; infinite from 65520 on. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) (bits >>> 16 & SIGN | magnitude(bits & 0x7fffffff));
  }

  private static int magnitude(int bits) {
    if (bits > 0x7f800000) {
      return INFINITY | QUIET | bits >>> 13 & 0x3ff;
    }
    if (bits >= 0x47800000) { // from 2^16 on
      return INFINITY;
    }
    if (bits < 0x38800000) { // below 2^-14: multiples of 2^-24; 0.5f has units of 2^-24, so that the sum rounds to them
      return Float.floatToRawIntBits(Float.intBitsToFloat(bits) + 0.5f) - 0x3f000000;
    }
    int odd = bits >>> 13 & 1;
    return bits - (112 << 23) + 0xfff + odd >>> 13;
  }

  /** Exactly. */
  public static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int exponent = half >>> 10 & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(mantissa * 0x1p-24f));
    }
    int biased = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | biased << 23 | mantissa << 13);
  }

  /**
   * The half nearest to a block's scale.
   *
   * @throws ArithmeticException if it is too large for one, or not a number
   */
  static short finite(float scale) {
    short half = of(scale);
    if ((half & INFINITY) == INFINITY) {
      throw new ArithmeticException("a scale of " + scale + " has no place in half precision, whose largest number is " + MAX);
    }
    return half;
  }
}
