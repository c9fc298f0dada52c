package secateur.model;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/**
 * A layer of a model in training that is itself not trained: float32 in and out, multiplied in bfloat16 on a GPU, its
 * weights in the form that they have.
 */
public record Frozen(Linear base) implements OnBase {

  @Override
  public NDArray forward(NDArray x) {
    return Scope.run(() -> Nn.mixedLinear(x, base.weight(), base.bias()));
  }

  @Override
  public Frozen withWeight(NDArray weight) {
    return new Frozen(base.withWeight(weight));
  }
}
