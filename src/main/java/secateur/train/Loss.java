package secateur.train;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;

/**
 * What training makes small.
 *
 * @param <B> a batch
 */
@FunctionalInterface
public interface Loss<B> {

  /** A scalar for {@code batch}, differentiable where {@code model} requires gradients. */
  NDArray of(Llm model, B batch);
}
