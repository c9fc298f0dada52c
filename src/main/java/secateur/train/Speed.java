package secateur.train;

/** Tokens per second, a moving average over about ten steps; pauses are left out. */
final class Speed {

  private static final double SHARE = 0.1;

  private long last = System.nanoTime();
  private double average;

  void add(long tokens) {
    long now = System.nanoTime();
    double current = tokens * 1e9 / Math.max(1, now - last);
    average = average == 0 ? current : (1 - SHARE) * average + SHARE * current;
    last = now;
  }

  /** What passed since the last step does not count. */
  void pause() {
    last = System.nanoTime();
  }

  double perSecond() {
    return average;
  }
}
