package secateur.model;

import ai.djl.ndarray.NDArray;

/**
 * What {@link Llm#map} makes of each part of a model. Where head and embedding share an array, both functions see it
 * and must give the same one back for it.
 */
@FunctionalInterface
public interface Change {

  /** For the layer {@code name}: {@code "0.q"}, or {@code "head"}, {@code "projectIn"}, {@code "projectOut"}. */
  Linear layer(String name, Linear layer);

  /** For an embedding of tokens or positions, (V, D); the same unless told. */
  default NDArray table(NDArray table) {
    return table;
  }

  /** For the weight or bias of a norm, float32 (D); the same unless told. */
  default NDArray norm(NDArray vector) {
    return vector;
  }
}
