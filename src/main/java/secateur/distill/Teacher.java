package secateur.distill;

import ai.djl.ndarray.NDArray;
import secateur.method.Cost;
import secateur.model.Llm;
import secateur.train.Masked;

/** Whom a student learns from, token by token: a model that is open, or what one has said before ({@link StoredLogits}). */
public interface Teacher {

  /** {@code model} as a teacher; it stays open, and whoever opened it closes it. */
  static Teacher of(Llm model) {
    return new OpenTeacher(model);
  }

  /** Refuses a {@code student} that reads other tokens, and a temperature τ that it cannot teach at. */
  void check(Llm student, double temperature);

  /**
   * How far a student is from it at each token of {@code batch}: (B, T), in nats, times τ². Nothing is recorded of its own work.
   *
   * @param logits (B, T, V) of the student
   */
  NDArray divergence(Divergence divergence, NDArray logits, Masked batch, double temperature);

  /** What it takes, beside the student's training, at a batch of {@code tokens} tokens. */
  Cost cost(long tokens);
}
