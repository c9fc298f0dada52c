package secateur.distill;

/** What a token is credited with for what came after it (Gu et al., arXiv 2306.08543, section 2.2). */
public enum Returns {

  /** The sum of later rewards, R. */
  PLAIN,

  /** R by the number of later tokens, so that long texts do not count more. */
  NORMALISED,

  /** R by the number of later tokens, then with mean 0 and deviation 1 over all tokens of all texts. */
  WHITENED;

  private static final double LEAST = 1e-8;

  /**
   * For each token t: sum over t' > t of γ^(t' - t - 1) r of t', as this credits it; 0 where a weight is 0.
   *
   * @param rewards r (R, T)
   * @param weights (R, T), 1 until a text ends, 0 after that
   * @param gamma γ
   */
  float[][] of(float[][] rewards, float[][] weights, double gamma) {
    float[][] returns = new float[rewards.length][];
    for (int row = 0; row < rewards.length; row++) {
      returns[row] = of(rewards[row], weights[row], gamma);
    }
    if (this == WHITENED) {
      whiten(returns, weights);
    }
    return returns;
  }

  private float[] of(float[] rewards, float[] weights, double gamma) {
    float[] returns = new float[rewards.length];
    double after = 0;
    int later = 0;
    for (int t = rewards.length - 1; t >= 0; t--) {
      if (weights[t] > 0) {
        returns[t] = (float) (this == PLAIN || later == 0 ? after : after / later);
        after = rewards[t] + gamma * after;
        later++;
      }
    }
    return returns;
  }

  private static void whiten(float[][] values, float[][] weights) {
    double[] sums = new double[3];
    each(values, weights, (row, t) -> {
      sums[0]++;
      sums[1] += values[row][t];
    });
    double mean = sums[1] / Math.max(1, sums[0]);
    each(values, weights, (row, t) -> sums[2] += (values[row][t] - mean) * (values[row][t] - mean));
    double scale = 1 / Math.sqrt(sums[2] / Math.max(1, sums[0]) + LEAST);
    each(values, weights, (row, t) -> values[row][t] = (float) ((values[row][t] - mean) * scale));
  }

  private interface Place {
    void see(int row, int t);
  }

  private static void each(float[][] values, float[][] weights, Place place) {
    for (int row = 0; row < values.length; row++) {
      for (int t = 0; t < values[row].length; t++) {
        if (weights[row][t] > 0) {
          place.see(row, t);
        }
      }
    }
  }
}
