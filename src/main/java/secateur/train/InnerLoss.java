package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;

/**
 * A loss of more than logits, which runs the model itself. Activations are kept.
 *
 * @param <B> a batch
 */
public interface InnerLoss<B> extends Loss<B> {

  /** A scalar, differentiable in the weights of {@code model}, which reads {@code ids} (B, T). */
  NDArray of(Llm model, NDArray ids, B batch);

  @Override
  default NDArray of(Llm model, B batch) {
    return of(model, input(model, batch), batch);
  }

  /** Always an error: logits do not say it all. */
  @Override
  default NDArray of(NDArray logits, Llm model, B batch) {
    throw new UnsupportedOperationException(this + " wants more than logits");
  }

  @Override
  default NDArray gradients(Llm model, B batch, Activations activations, double share) {
    if (activations != Activations.KEPT) {
      throw new IllegalArgumentException(this + " looks inside the model, so activations are kept; train without recomputed()");
    }
    NDArray ids = input(model, batch);
    return Gradients.add(() -> Nn.scaled(of(model, ids, batch), share));
  }
}
