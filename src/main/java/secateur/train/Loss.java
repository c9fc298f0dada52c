package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;

/**
 * What training makes small: a function of logits.
 *
 * @param <B> a batch
 */
public interface Loss<B> {

  /** The token ids (B, T) of {@code batch} that {@code model} reads. */
  NDArray input(Llm model, B batch);

  /** A scalar, differentiable in {@code logits} (B, T, V), which {@code model} gave for {@link #input}. */
  NDArray of(NDArray logits, Llm model, B batch);

  /** The loss of {@code model} on {@code batch}. */
  default NDArray of(Llm model, B batch) {
    return of(model.forward(input(model, batch)), model, batch);
  }
}
