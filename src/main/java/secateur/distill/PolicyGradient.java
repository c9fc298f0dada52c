package secateur.distill;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Divergences;
import secateur.tensor.Policy;

/**
 * Reverse KL of whole texts, KL(q ‖ p) over what q writes, as a policy gradient split by single steps (Gu et al., arXiv 2306.08543,
 * equations 4 to 7): of what comes next the divergence itself, of all that comes later the return R of the reward
 * r = log p - log q,
 * <pre>
 *   w KL(q ‖ p) - min(ρ R, clip(ρ, 1 - ε, 1 + ε) R),  ρ = q / p~,  w = ρ when it was written,
 * </pre>
 * the mean over tokens written. Where p~ = q, all texts are as long, γ = 1 and R is {@link Returns#PLAIN}, its expected gradient is that of
 * KL(q ‖ p) of whole texts by their length.
 *
 * @param clip ε
 * @param gamma γ: how much less a reward counts for each token before
 * @param returns what R is
 */
public record PolicyGradient(double clip, double gamma, Returns returns) {

  /** The authors'. Their reward is half of r, which whitening undoes. */
  public static final PolicyGradient USUAL = new PolicyGradient(0.2, 0.95, Returns.WHITENED);

  private static final float MOST = 100; // of a reward, as the authors' code has it

  /** Refuses what cannot be meant. */
  public PolicyGradient {
    if (!(clip > 0) || !(gamma >= 0 && gamma <= 1)) {
      throw new IllegalArgumentException("clip is " + clip + " and gamma " + gamma + "; allowed are above 0 (infinity clips nothing), and 0 to 1");
    }
  }

  /**
   * What was written, and what was thought of it then. Arrays are (B, N), of the N tokens written.
   *
   * @param ids (B, P + N), prompts before
   * @param student log q
   * @param mixed log p~
   * @param advantages R
   * @param weights 1 until a text ends, 0 after that
   */
  record Rollout(long[][] ids, float[][] student, float[][] mixed, float[][] advantages, float[][] weights) {}

  /** R for what was written: (B, N) each. */
  float[][] advantages(float[][] teacher, float[][] student, float[][] weights) {
    float[][] rewards = new float[teacher.length][teacher[0].length];
    for (int row = 0; row < rewards.length; row++) {
      for (int t = 0; t < rewards[row].length; t++) {
        rewards[row][t] = Math.max(-MOST, Math.min(MOST, teacher[row][t] - student[row][t]));
      }
    }
    return returns.of(rewards, weights, gamma);
  }

  /**
   * A scalar.
   *
   * @param logits (B, N, V) of the student as it is, before each token written
   * @param labels (B, N, V) of the teacher
   * @param tokens (B, N) that were written
   */
  NDArray loss(NDArray logits, NDArray labels, NDArray tokens, Rollout written) {
    NDArray mixed = Batches.array(written.mixed());
    NDArray now = Divergences.crossEntropy(logits, tokens).neg();
    NDArray later = Policy.surrogate(now, mixed, Batches.array(written.advantages()), clip);
    NDArray next = Divergences.reverseKl(logits, labels, 1).mul(Batches.array(written.student()).sub(mixed).exp());
    return Divergences.mean(next.add(later), Batches.array(written.weights()));
  }
}
