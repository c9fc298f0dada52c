package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.train.Loss;
import secateur.train.Masked;

/**
 * A loss on windows, or on what the model in training writes after their beginnings; which of both, and what is drawn, follows from
 * the number of the batch.
 */
final class OnPolicyKd implements Loss<PromptBatch> {

  private static final long WHICH = 0x9E3779B97F4A7C15L;

  private final Llm teacher;
  private final KdLoss loss;
  private final Writing writing;
  private final double share;
  private Masked current;

  OnPolicyKd(Llm teacher, KdLoss loss, Writing writing, double share) {
    this.teacher = teacher;
    this.loss = loss;
    this.writing = writing;
    this.share = share;
  }

  @Override
  public NDArray input(Llm model, PromptBatch batch) {
    boolean own = new SplittableRandom(WHICH ^ batch.index()).nextDouble() < share;
    current = own ? written(model, batch) : Batches.from(batch.ids(), writing.prompt(), -1);
    return loss.input(model, current);
  }

  private Masked written(Llm model, PromptBatch batch) {
    long[][][] ids = new long[1][][];
    Gradients.none(() -> ids[0] = new MixedWriter(model, teacher, 0).extend(writing.prompts(batch.ids()), writing.tokens(), batch.index()));
    return Batches.from(ids[0], writing.prompt(), WrittenText.end(teacher));
  }

  /** Of the batch that {@link #input} was asked for last. */
  @Override
  public NDArray of(NDArray logits, Llm model, PromptBatch batch) {
    return loss.of(logits, model, current);
  }
}
