package secateur.quantize;

import ai.djl.ndarray.NDArray;
import secateur.method.Grid;
import secateur.model.Linear;
import secateur.model.OnBase;
import secateur.model.Trainable;
import secateur.model.TrainableUnderMask;
import secateur.tensor.Bits;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/** A layer in training that computes with its weights rounded to {@code grid}; their gradient passes straight through. */
record FakeQuantized(Linear base, Grid grid) implements OnBase {

  @Override
  public NDArray forward(NDArray x) {
    return Scope.run(() -> Nn.mixedLinear(x, Bits.straightThrough(exact(), weight()), base.bias()));
  }

  /** W (out, in), or W ∘ M, with a gradient. */
  private NDArray exact() {
    return base instanceof TrainableUnderMask masked ? masked.base().matrix().mul(base.weight().neq(0)) : ((Trainable) base).matrix();
  }

  /** The rounded W (out, in), cut off from differentiation. */
  @Override
  public NDArray weight() {
    return grid.rounded(base, base.weight());
  }

  @Override
  public FakeQuantized withWeight(NDArray weight) {
    return new FakeQuantized(base.withWeight(weight), grid);
  }
}
