package secateur.distill;

import java.util.Locale;

/**
 * How a student's texts are drawn that it learns from by policy gradients (Gu et al., arXiv 2306.08543).
 *
 * @param alpha α: share of the teacher in p~ = α p + (1 - α) q, which they are drawn from
 * @param texts how many are drawn with the student as it is, a multiple of the texts in a step
 * @param epochs how often each is learnt from before others are drawn
 */
public record Sampling(double alpha, int texts, int epochs) {

  /** The authors'. */
  public static final Sampling USUAL = new Sampling(0.2, 256, 4);

  /** Refuses what cannot be meant. */
  public Sampling {
    if (!(alpha >= 0 && alpha < 1)) {
      throw new IllegalArgumentException("the teacher's share in sampling is " + alpha + ", allowed is from 0 to below 1");
    }
    if (texts < 1 || epochs < 1) {
      throw new IllegalArgumentException(texts + " texts learnt from " + epochs + " times, allowed are 1 or more");
    }
  }

  /** The steps that draw their texts together, {@code rows} in a step. */
  int chunks(int rows) {
    if (texts % rows != 0) {
      throw new IllegalArgumentException(texts + " texts in steps of " + rows + "; the first must be a multiple of the second");
    }
    return texts / rows;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "α=%s %d×%d", alpha, texts, epochs);
  }
}
