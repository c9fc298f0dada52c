package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/** As {@link Adapted}, but what the base has removed stays removed: W is (W + s B A) ∘ M with M = [W ≠ 0]. */
public record AdaptedUnderMask(Adapted adapted) implements OnBase {

  @Override
  public Linear base() {
    return adapted.base();
  }

  /** x W' + drop(x) (s B A ∘ M)' + b. */
  @Override
  public NDArray forward(NDArray x) {
    NDArray y = base().forward(x);
    NDArray side = Scope.run(() -> Nn.mixedLinear(adapted.drop().apply(x), masked(adapted.delta()), null));
    return y.add(side.toType(y.getDataType(), false));
  }

  @Override
  public NDArray weight() {
    return masked(adapted.weight());
  }

  private NDArray masked(NDArray matrix) {
    return matrix.mul(base().weight().neq(0));
  }

  /** A layer in the form of the base, without A and B: they went into {@link #weight}. */
  @Override
  public Linear withWeight(NDArray weight) {
    return base().withWeight(weight);
  }

  @Override
  public List<NDArray> arrays() {
    return adapted.arrays();
  }

  @Override
  public long storedBytes() {
    return adapted.storedBytes();
  }

  @Override
  public String toString() {
    return adapted + " under its mask";
  }
}
