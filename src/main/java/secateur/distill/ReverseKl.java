package secateur.distill;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Divergences;

/**
 * KL(q ‖ p) = sum_v q(v) (log q(v) - log p(v)),
 * which keeps the student to what the teacher is likely to say (Gu et al., arXiv 2306.08543).
 */
public record ReverseKl() implements Divergence {

  @Override
  public NDArray of(NDArray student, NDArray teacher, double temperature) {
    return Divergences.reverseKl(student, teacher, temperature);
  }

  @Override
  public String toString() {
    return "reverse KL";
  }
}
