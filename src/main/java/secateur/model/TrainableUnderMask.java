package secateur.model;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/** As {@link Trainable}, but zeros stay zeros: the product is with W ∘ M, M = [W ≠ 0], so that no gradient reaches them. */
public record TrainableUnderMask(Trainable base) implements OnBase {

  @Override
  public NDArray forward(NDArray x) {
    return Scope.run(() -> Nn.mixedLinear(x, base.matrix().mul(base.weight().neq(0)), base.bias()));
  }

  @Override
  public TrainableUnderMask withWeight(NDArray weight) {
    return new TrainableUnderMask(base.withWeight(weight));
  }
}
