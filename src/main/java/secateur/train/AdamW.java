package secateur.train;

import java.util.Objects;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) with gradients clipped by their global norm. Matrices decay, vectors
 * do not.
 *
 * @param beta1 decay of the first moment, from 0 to below 1
 * @param beta2 decay of the second moment, from 0 to below 1
 * @param eps added to the root of the second moment
 * @param decay share of the weight that a step at rate 1 would take away
 * @param clip largest norm of all gradients together
 * @param moments where the moments are between the steps
 */
public record AdamW(double beta1, double beta2, double eps, double decay, double clip, Moments moments) {

  /** As language models are trained: betas 0.9 and 0.95, decay 0.1, norm 1 (Brown et al., arXiv 2005.14165, appendix B). */
  public static final AdamW USUAL = new AdamW(0.9, 0.95, 1e-8, 0.1, 1);

  /** Refuses what cannot be meant. */
  public AdamW {
    share("beta1", beta1);
    share("beta2", beta2);
    if (!(eps > 0 && eps < 1)) {
      throw new IllegalArgumentException("eps is " + eps + ", allowed is above 0 and below 1");
    }
    share("decay", decay);
    if (!(clip > 0)) {
      throw new IllegalArgumentException("clip is " + clip + ", allowed is above 0 (infinity clips nothing)");
    }
    Objects.requireNonNull(moments, "moments");
  }

  /** With moments where the model computes. */
  public AdamW(double beta1, double beta2, double eps, double decay, double clip) {
    this(beta1, beta2, eps, decay, clip, Moments.RESIDENT);
  }

  /** These settings with another decay. */
  public AdamW decay(double other) {
    return new AdamW(beta1, beta2, eps, other, clip, moments);
  }

  /** These settings with the moments on the host. */
  public AdamW paged() {
    return new AdamW(beta1, beta2, eps, decay, clip, Moments.PAGED);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed is from 0 to below 1");
    }
  }

  /** Without the place of the moments, on which nothing that is trained depends: a training may go on with them elsewhere. */
  @Override
  public String toString() {
    return "AdamW[beta1=" + beta1 + ", beta2=" + beta2 + ", eps=" + eps + ", decay=" + decay + ", clip=" + clip + "]";
  }
}
