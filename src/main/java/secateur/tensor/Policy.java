package secateur.tensor;

import ai.djl.ndarray.NDArray;

/** Policy gradients; sources in {@code policy.py}. */
public final class Policy {

  private static final Script POLICY = Script.of("policy");

  private Policy() {}

  /**
   * For each of what was drawn, -min(r a, clip(r, 1 - ε, 1 + ε) a), r = exp(now - then) (Schulman et al., arXiv 1707.06347, equation
   * 7); arrays of one shape.
   *
   * @param now log probabilities, differentiable
   * @param then log probabilities of the distribution that it was drawn from
   * @param advantages a
   * @param clip ε; infinity clips nothing
   */
  public static NDArray surrogate(NDArray now, NDArray then, NDArray advantages, double clip) {
    return POLICY.call("surrogate", now, then, advantages, Devices.scalar(clip));
  }
}
