package secateur.method;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * The sum of |w|^p over the weights of a group (Li et al., arXiv 1608.08710).
 *
 * @param p 1 or 2
 */
record WeightNorm(int p) implements Importance {

  @Override
  public Units of(Llm model, Windows text) {
    return member -> {
      NDArray w = model.layer(member.layer()).weight(); // (out, in)
      return (p == 1 ? w.abs() : w.square()).sum(new int[] {member.outputs() ? 1 : 0});
    };
  }

  @Override
  public String toString() {
    return "L" + p;
  }
}
