package secateur.distill;

import ai.djl.ndarray.NDArray;

/**
 * How far a student's next token is from a teacher's, differentiable in what the student says. Its {@code toString} is part of
 * labels.
 */
@FunctionalInterface
public interface Divergence {

  /**
   * For each token, in nats, (B, T): times τ², so that the gradient does not shrink with τ (Hinton et al., arXiv 1503.02531).
   *
   * @param student logits (B, T, V); softmax(student / τ) is q
   * @param teacher logits (B, T, V); softmax(teacher / τ) is p
   * @param temperature τ
   */
  NDArray of(NDArray student, NDArray teacher, double temperature);

  /** What labels call {@code divergence}; one that was typed as a lambda has no name. */
  static String label(Divergence divergence) {
    return divergence.getClass().isHidden() ? "own divergence" : divergence.toString();
  }
}
