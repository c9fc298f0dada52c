package secateur.train;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What is done beside training: keeping what was reached in a file, measuring, telling.
 *
 * @param checkpoint where weights, moments and curve are kept, and resumed from where the file exists; or null
 * @param every steps between two checkpoints
 * @param heldOut what the model is measured with, or null
 * @param listener who is told
 * @param <B> a batch
 */
public record Upkeep<B>(Path checkpoint, int every, HeldOut<B> heldOut, Listener listener) {

  /** Refuses checkpoints that are never due. */
  public Upkeep {
    if (every < 1) {
      throw new IllegalArgumentException("a checkpoint every " + every + " steps, allowed are 1 or more");
    }
    Objects.requireNonNull(listener, "listener");
  }

  /** Nothing beside training. */
  public static <B> Upkeep<B> none() {
    return new Upkeep<>(null, Integer.MAX_VALUE, null, new Listener() {});
  }

  /** With a checkpoint in {@code file}. */
  public Upkeep<B> checkpoint(Path file, int steps) {
    return new Upkeep<>(file, steps, heldOut, listener);
  }

  /** With measurements. */
  public Upkeep<B> heldOut(HeldOut<B> other) {
    return new Upkeep<>(checkpoint, every, other, listener);
  }

  /** With {@code other} told. */
  public Upkeep<B> listener(Listener other) {
    return new Upkeep<>(checkpoint, every, heldOut, other);
  }
}
