package secateur.train;

import java.util.Objects;

/**
 * How a model is trained, whatever is trained on whatever.
 *
 * @param schedule steps and rates
 * @param optimizer how a step uses a gradient
 * @param accumulate batches whose gradients make one step
 * @param activations what is kept for the backward pass
 */
public record Recipe(Schedule schedule, AdamW optimizer, int accumulate, Activations activations) {

  /** Refuses a step without a batch. */
  public Recipe {
    if (accumulate < 1) {
      throw new IllegalArgumentException("gradients of " + accumulate + " batches a step, allowed are 1 or more");
    }
    Objects.requireNonNull(activations, "activations");
  }

  /** With activations kept. */
  public Recipe(Schedule schedule, AdamW optimizer, int accumulate) {
    this(schedule, optimizer, accumulate, Activations.KEPT);
  }

  /** {@code steps} of one batch with the usual optimizer, down a cosine from {@code peak}. */
  public static Recipe of(int steps, double peak) {
    return new Recipe(Schedule.cosine(steps, peak), AdamW.USUAL, 1);
  }

  /** This recipe with gradients of {@code batches} in a step. */
  public Recipe accumulate(int batches) {
    return new Recipe(schedule, optimizer, batches, activations);
  }

  /** This recipe with the optimizer's moments on the host. */
  public Recipe paged() {
    return new Recipe(schedule, optimizer.paged(), accumulate, activations);
  }

  /** This recipe with less memory and a third more time: activations are computed again in the backward pass. */
  public Recipe recomputed() {
    return new Recipe(schedule, optimizer, accumulate, Activations.RECOMPUTED);
  }
}
