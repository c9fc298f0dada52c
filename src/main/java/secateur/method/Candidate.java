package secateur.method;

import java.util.Locale;
import secateur.model.Llm;

/**
 * A model that meets a budget.
 *
 * @param method by which it was made
 * @param figure what it takes, with its unit
 * @param loss in nats per token, on the calibration text
 */
record Candidate(Method method, String figure, double loss, Llm model) {

  /** The one with the lower loss; the other is closed. */
  Candidate better(Candidate other) {
    boolean mine = other == null || loss < other.loss;
    close(mine ? other : this);
    return mine ? this : other;
  }

  static void close(Candidate candidate) {
    if (candidate != null) {
      candidate.model.close();
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s, loss %.4f", method, figure, loss);
  }
}
