package secateur.distill;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Divergences;

/**
 * KL(p ‖ q) = sum_v p(v) (log p(v) - log q(v)),
 * which makes the student cover all that the teacher may say (Hinton et al., arXiv 1503.02531).
 */
public record ForwardKl() implements Divergence {

  @Override
  public NDArray of(NDArray student, NDArray teacher, double temperature) {
    return Divergences.forwardKl(student, teacher, temperature);
  }

  @Override
  public String toString() {
    return "forward KL";
  }
}
