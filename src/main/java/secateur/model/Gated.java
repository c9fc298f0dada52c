package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer some of whose inputs are shut: y = W (x ∘ gate) + b. What is shut can be opened again, and cut off in the end.
 *
 * @param base W and b
 * @param gate 1 or 0 for each input, float32 (in)
 */
public record Gated(Linear base, NDArray gate) implements OnBase {

  @Override
  public NDArray forward(NDArray x) {
    return base.forward(x.mul(gate));
  }

  /** W with zeros for the inputs that are shut. */
  @Override
  public NDArray weight() {
    return base.weight().mul(gate);
  }

  @Override
  public Linear withWeight(NDArray weight) {
    return new Gated(base.withWeight(weight), gate);
  }

  @Override
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(base.arrays());
    arrays.add(gate);
    return arrays;
  }
}
