package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * How far a student's next token is from a teacher's, for each token, in nats; sources in {@code divergences.py}. Logits are (B,
 * T, V) of any floating-point type, computed with in float32 and finite; p is the teacher's softmax(labels / τ), q the student's
 * softmax(logits / τ), and each divergence is times τ², so that its gradient does not shrink with τ (Hinton et al., arXiv
 * 1503.02531).
 */
public final class Divergences {

  private static final Script DIVERGENCES = Script.of("divergences");

  private Divergences() {}

  /** τ² KL(p ‖ q): (B, T). */
  public static NDArray forwardKl(NDArray logits, NDArray labels, double temperature) {
    return DIVERGENCES.call("forward_kl", logits, labels, Devices.scalar(temperature));
  }

  /** τ² KL(q ‖ p): (B, T). */
  public static NDArray reverseKl(NDArray logits, NDArray labels, double temperature) {
    return DIVERGENCES.call("reverse_kl", logits, labels, Devices.scalar(temperature));
  }

  /**
   * τ² (β KL(p ‖ m) + (1 - β) KL(q ‖ m)), m = β p + (1 - β) q (Agarwal et al., arXiv 2306.13649, equation 1): (B, T).
   *
   * @param beta β, above 0 and below 1
   */
  public static NDArray jensenShannon(NDArray logits, NDArray labels, double temperature, double beta) {
    return DIVERGENCES.call("jensen_shannon", logits, labels, Devices.scalar(temperature), Devices.scalar(beta));
  }

  /** -log q of {@code targets} (B, T), τ = 1: (B, T). */
  public static NDArray crossEntropy(NDArray logits, NDArray targets) {
    return DIVERGENCES.call("cross_entropy", logits, targets);
  }

  /** The mean of {@code values} (B, T), weighted with {@code weights} (B, T), of which one is above 0: a scalar. */
  public static NDArray mean(NDArray values, NDArray weights) {
    return DIVERGENCES.call("mean", values, weights);
  }

  /** For each token, the mean square of {@code x} - {@code y} by that of {@code y} over all tokens: (B, T), for (B, T, D). */
  public static NDArray relativeError(NDArray x, NDArray y) {
    return DIVERGENCES.call("relative_error", x, y);
  }

  /** The mean square of {@code x} - {@code y} by that of {@code y}, for scores (B, H, T, T) of tokens and those before them: a scalar. */
  public static NDArray scoreError(NDArray x, NDArray y) {
    return DIVERGENCES.call("score_error", x, y);
  }

  /** log softmax(logits / τ) of the {@code k} most likely tokens, likeliest first, float32, and their ids, int64: (B, T, k). */
  public static NDList top(NDArray logits, double temperature, int k) {
    return DIVERGENCES.all("top", logits, Devices.scalar(temperature), Devices.scalar(k));
  }

  /** log q of the tokens {@code places} (B, T, k), k below V, and of all the others together: (B, T, k + 1). */
  public static NDArray folded(NDArray logits, NDArray places, double temperature) {
    return DIVERGENCES.call("folded", logits, places, Devices.scalar(temperature));
  }
}
