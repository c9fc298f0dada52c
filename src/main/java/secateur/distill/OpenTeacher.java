package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.Objects;
import secateur.method.Cost;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.train.Masked;

/** A teacher that is in memory. It belongs to whoever opened it and must be open as long as it teaches. */
record OpenTeacher(Llm model) implements Teacher {

  private static final int FLOAT32 = 4;
  private static final int LOGITS = 4; // its own, both logarithms, their difference

  OpenTeacher {
    Objects.requireNonNull(model, "teacher");
  }

  @Override
  public void check(Llm student, double temperature) {
    Vocabularies.check(model, student);
  }

  @Override
  public NDArray divergence(Divergence divergence, NDArray logits, Masked batch, double temperature) {
    return divergence.of(logits, labels(batch.ids(), logits), temperature);
  }

  /** Its logits for {@code ids} (B, T + 1), as many and on the same device as {@code logits} (B, T, V) of a student. */
  NDArray labels(long[][] ids, NDArray logits) {
    return logits(ids, logits.getShape().get(2)).toDevice(logits.getDevice(), false);
  }

  /** Its logits (B, T, V), on its device, for {@code ids} (B, T + 1), the last of which is not read, cut to a vocabulary of {@code size}. */
  NDArray logits(long[][] ids, long size) {
    NDArray[] logits = new NDArray[1];
    Gradients.none(() -> logits[0] = Vocabularies.cut(model.forward(Batches.input(model, ids)), size));
    return logits[0];
  }

  @Override
  public Cost cost(long tokens) {
    long widest = model.blocks().stream().mapToLong(block -> block.roles().stream().mapToLong(role -> block.layer(role).rows()).sum()).max().orElse(0);
    return new Cost(FLOAT32 * tokens * (LOGITS * model.head().rows() + widest), pass(model, tokens));
  }

  /** Floating-point operations for {@code tokens} tokens that {@code any} reads or writes. */
  static double pass(Llm any, double tokens) {
    return 2.0 * tokens * (any.layers().values().stream().mapToLong(Linear::size).sum() + any.head().size());
  }

  @Override
  public String toString() {
    return model.name();
  }
}
