package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfTest {

  /** By the definition of binary16: sign, exponent with bias 15, ten bits of fraction. */
  private static double value(int half) {
    int exponent = half >> 10 & 31;
    double fraction = (half & 1023) / 1024.0;
    double magnitude = exponent == 0 ? fraction * Math.pow(2, -14)
        : exponent < 31 ? (1 + fraction) * Math.pow(2, exponent - 15) : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    return (half & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void everyHalfIsTheFloatThatItIs() {
    for (int half = 0; half < 1 << 16; half++) {
      assertThat((double) Half.toFloat((short) half)).isEqualTo(Double.valueOf(value(half)));
    }
  }

  @Test
  void everyHalfComesBack() {
    for (int half = 0; half < 1 << 16; half++) {
      if (!Double.isNaN(value(half))) {
        assertThat(Half.of(Half.toFloat((short) half))).isEqualTo((short) half);
      }
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
  }

  /** Between two neighbours: the nearer one, and of two equally near ones that whose last bit is 0. */
  @Test
  void roundsToTheNearestThenEven() {
    for (int half = 0; half < 0x7bff; half++) {
      float middle = (float) ((value(half) + value(half + 1)) / 2);
      int even = half + (half & 1);
      for (float sign : new float[] {1, -1}) {
        assertThat(Half.of(sign * middle)).isEqualTo(half(even, sign));
        assertThat(Half.of(sign * Math.nextDown(middle))).isEqualTo(half(half, sign));
        assertThat(Half.of(sign * Math.nextUp(middle))).isEqualTo(half(half + 1, sign));
      }
    }
  }

  private static short half(int magnitude, float sign) {
    return (short) (sign < 0 ? magnitude | 0x8000 : magnitude);
  }

  @Test
  void isInfiniteFromHalfAStepBeyondTheLargestOn() {
    assertThat(Half.of(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
    assertThat(Half.of(65520f)).isEqualTo((short) 0x7c00);
    assertThat(Half.of(-1e30f)).isEqualTo((short) 0xfc00);
    assertThat(Half.of(Float.POSITIVE_INFINITY)).isEqualTo((short) 0x7c00);
  }
}
