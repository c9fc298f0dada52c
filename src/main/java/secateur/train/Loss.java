package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Nn;

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

  /** Adds the gradients of {@code share} of the loss of {@code model} on {@code batch}; that share, a scalar. */
  default NDArray gradients(Llm model, B batch, Activations activations, double share) {
    return activations.gradients(model, input(model, batch), logits -> Nn.scaled(of(logits, model, batch), share));
  }

  /** The loss of {@code model} on {@code batch}. */
  default NDArray of(Llm model, B batch) {
    return of(model.forward(input(model, batch)), model, batch);
  }
}
