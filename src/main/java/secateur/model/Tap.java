package secateur.model;

import ai.djl.ndarray.NDArray;

/** Sees what goes into the linear layers of a block during a forward pass. */
@FunctionalInterface
public interface Tap {

  /** Sees nothing. */
  Tap NONE = (layer, input) -> {};

  /** {@code input} (…, in) enters {@code layer}, and those of its block that share its input ({@link Block#inputs}). */
  void see(String layer, NDArray input);
}
