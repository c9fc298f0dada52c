package secateur.model;

import java.util.Arrays;

/** What is added to attention scores: minus infinity where a token may not look, and ALiBi's slopes. */
final class Masks {

  private Masks() {}

  /** (T, S) for {@code count} tokens from {@code from}, which see themselves and the {@code window - 1} before. */
  static float[] causal(int from, int count, int window) {
    int span = from + count;
    float[] mask = new float[count * span];
    for (int t = 0; t < count; t++) {
      int at = from + t;
      Arrays.fill(mask, t * span + at + 1, (t + 1) * span, Float.NEGATIVE_INFINITY);
      Arrays.fill(mask, t * span, t * span + Math.max(0, at - window + 1), Float.NEGATIVE_INFINITY);
    }
    return mask;
  }

  /**
   * (H, T, S): causal, plus slope times key position (Press et al., arXiv 2108.12409). Falcon rounds the product to
   * bfloat16 and scales it with the scores, by {@code 1/sqrt(headSize)}.
   */
  static float[] alibi(int heads, int from, int count, int scaledHeadSize) {
    float[] causal = causal(from, count, Integer.MAX_VALUE / 2);
    double[] slopes = slopes(heads);
    float[] mask = new float[heads * causal.length];
    int span = from + count;
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < causal.length; i++) {
        mask[h * causal.length + i] = causal[i] + bias(slopes[h], i % span, scaledHeadSize);
      }
    }
    return mask;
  }

  private static float bias(double slope, int position, int scaledHeadSize) {
    if (scaledHeadSize == 0) {
      return (float) slope * position;
    }
    return bfloat16(bfloat16((float) slope) * position) / (float) Math.sqrt(scaledHeadSize);
  }

  /** 2^(-8i/n) for n a power of two; otherwise those of the next lower power, then every other one of the next higher. */
  static double[] slopes(int heads) {
    int power = Integer.highestOneBit(heads);
    double[] slopes = new double[heads];
    for (int h = 0; h < heads; h++) {
      slopes[h] = h < power ? Math.pow(2, -8.0 * (h + 1) / power) : Math.pow(2, -4.0 * (2 * (h - power) + 1) / power);
    }
    return slopes;
  }

  /** Rounds half to even at the upper 16 bits. */
  static float bfloat16(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
  }
}
