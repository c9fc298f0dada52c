package secateur.train;

/**
 * How a model is trained, whatever is trained on whatever.
 *
 * @param schedule steps and rates
 * @param optimizer how a step uses a gradient
 * @param accumulate batches whose gradients make one step
 */
public record Recipe(Schedule schedule, AdamW optimizer, int accumulate) {

  /** Refuses a step without a batch. */
  public Recipe {
    if (accumulate < 1) {
      throw new IllegalArgumentException("gradients of " + accumulate + " batches a step, allowed are 1 or more");
    }
  }

  /** {@code steps} of one batch with the usual optimizer, down a cosine from {@code peak}. */
  public static Recipe of(int steps, double peak) {
    return new Recipe(Schedule.cosine(steps, peak), AdamW.USUAL, 1);
  }

  /** This recipe with gradients of {@code batches} in a step. */
  public Recipe accumulate(int batches) {
    return new Recipe(schedule, optimizer, batches);
  }
}
