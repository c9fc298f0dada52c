package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import secateur.tensor.Divergences;

/**
 * The generalised Jensen-Shannon divergence β KL(p ‖ m) + (1 - β) KL(q ‖ m), m = β p + (1 - β) q (Agarwal et al., arXiv 2306.13649,
 * equation 1). Over β it tends to forward KL where β goes to 0, over 1 - β to reverse KL where β goes to 1.
 *
 * @param beta β, above 0 and below 1
 */
public record JensenShannon(double beta) implements Divergence {

  /** Refuses the ends, where it is 0 everywhere. */
  public JensenShannon {
    if (!(beta > 0 && beta < 1)) {
      throw new IllegalArgumentException("beta is " + beta + ", allowed is above 0 and below 1; at the ends use ForwardKl and ReverseKl");
    }
  }

  @Override
  public NDArray of(NDArray student, NDArray teacher, double temperature) {
    return Divergences.jensenShannon(student, teacher, temperature, beta);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "JS(%s)", beta);
  }
}
