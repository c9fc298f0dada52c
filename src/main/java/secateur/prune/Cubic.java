package secateur.prune;

/**
 * A share that grows in {@code steps} steps (Zhu and Gupta, arXiv 1710.01878, eq. 1): nothing in the first tenth, steeply at
 * first and slowly in the end, all of it before the last tenth. It changes every ten steps, more often where there are few.
 *
 * @param share at the end
 * @param steps of the whole training
 */
record Cubic(double share, int steps) {

  private static final int USUAL = 10;
  private static final int FEWEST = 20;

  /** Steps between two changes. */
  int every() {
    return Math.max(1, Math.min(USUAL, steps / FEWEST));
  }

  /** Whether the share changes before {@code step} moves weights. */
  boolean due(int step) {
    return step >= first() && step <= end() && (step - first()) % every() == 0 || step == end();
  }

  /** s_f + (s_0 - s_f) (1 - (t - w) / (T - w - c))^3 with s_0 = 0. */
  double at(int step) {
    double left = end() == first() ? 0 : 1 - (double) (step - first()) / (end() - first());
    return step < first() ? 0 : share * (1 - Math.pow(Math.max(0, left), 3));
  }

  private int first() {
    return steps / 10;
  }

  private int end() {
    return steps - 1 - steps / 10;
  }
}
