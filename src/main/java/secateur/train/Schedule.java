package secateur.train;

/**
 * The learning rate of each step: a linear rise, then half a cosine down to a share of the peak (Loshchilov and Hutter,
 * arXiv 1608.03983).
 *
 * @param steps how many there are
 * @param warmup how many of them rise
 * @param peak highest rate
 * @param last the rate at the end, as a share of the peak
 */
public record Schedule(int steps, int warmup, double peak, double last) {

  /** Refuses what cannot be meant. */
  public Schedule {
    if (steps < 1 || warmup < 0 || warmup > steps) {
      throw new IllegalArgumentException(
          steps + " steps with " + warmup + " of warm-up; allowed are 1 or more, and a warm-up of at most as many");
    }
    if (!(peak > 0 && peak < 1)) {
      throw new IllegalArgumentException("the peak rate is " + peak + ", allowed is above 0 and below 1");
    }
    if (!(last >= 0 && last <= 1)) {
      throw new IllegalArgumentException("the last rate is " + last + " of the peak, allowed is 0 to 1");
    }
  }

  /** Down to a tenth, after a warm-up of a fiftieth of all steps. */
  public static Schedule cosine(int steps, double peak) {
    return new Schedule(steps, steps / 50, peak, 0.1);
  }

  /** The rate of {@code step}, from 0. */
  public double rate(int step) {
    if (step < warmup) {
      return peak * (step + 1) / warmup;
    }
    double gone = (double) (step - warmup) / Math.max(1, steps - warmup);
    return peak * (last + (1 - last) * 0.5 * (1 + Math.cos(Math.PI * gone)));
  }
}
