package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import secateur.model.Llm;

/** What goes along with one training of an adapter, from its first step to its last. */
public interface Companion extends AutoCloseable {

  /** Does nothing. */
  Companion NONE = new Companion() {};

  /** What it keeps from step to step, by name; a resumed training writes the saved values into these arrays. */
  default Map<String, NDArray> state() {
    return Map.of();
  }

  /** What is trained beside the model, by name: float32 arrays that require gradients, alive until {@link #close}. */
  default Map<String, NDArray> trained() {
    return Map.of();
  }

  /**
   * Gradients are there, weights have not moved yet. Nothing is recorded meanwhile.
   *
   * @param step from 0
   * @param open the model in training; its trained arrays know their gradients
   */
  default void gradients(int step, Llm open) {}

  /** Frees what it keeps. */
  @Override
  default void close() {}
}
