package secateur.model;

/** The 16 values that 4-bit codes stand for, the largest 1. */
public enum Levels {
  /** The quantiles of a normal distribution that are as likely as each other, and 0 (Dettmers et al., arXiv 2305.14314, appendix E). */
  NF4(-1, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f,
      -0.09105003625154495f, 0, 0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f,
      0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1),
  /** Sign, two bits of exponent and one of mantissa, over 12; the first bit of a code is the sign. */
  FP4(0, 0.0625f / 12, 8f / 12, 1, 4f / 12, 6f / 12, 2f / 12, 3f / 12,
      -0f, -0.0625f / 12, -8f / 12, -1, -4f / 12, -6f / 12, -2f / 12, -3f / 12);

  private final float[] numbers;

  Levels(float... numbers) {
    this.numbers = numbers;
  }

  /** By code. */
  public float[] numbers() {
    return numbers.clone();
  }
}
