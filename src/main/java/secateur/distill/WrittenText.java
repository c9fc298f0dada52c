package secateur.distill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import secateur.model.Generator;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.tensor.Progress;
import secateur.train.Data;
import secateur.train.Masked;
import secateur.train.WindowBatches;

/**
 * What a teacher writes after the beginnings of windows; what it writes counts, up to the token that ends a text. Written when a
 * batch is first asked for; the same in every run.
 */
final class WrittenText implements Data<Masked> {

  /** Sequences written at once. */
  private static final int TOGETHER = 64;

  private final Llm teacher;
  private final long[][] prompts;
  private final Writing writing;
  private final Manner manner;
  private WindowBatches batches;

  /**
   * How it is written.
   *
   * @param temperature 0 for the likeliest token each time
   * @param vocabulary tokens from here on are never written
   * @param rows texts in a batch
   */
  record Manner(double temperature, int vocabulary, int rows) {

    Sampler sampler(long seed) {
      Sampler any = temperature == 0 ? Sampler.GREEDY : Sampler.temperature(temperature, seed);
      return logits -> any.choose(logits.length == vocabulary ? logits : Arrays.copyOf(logits, vocabulary));
    }
  }

  /** After the first tokens of each of {@code windows}. */
  WrittenText(Llm teacher, long[][] windows, Writing writing, Manner manner) {
    this.teacher = teacher;
    this.prompts = writing.prompts(windows);
    this.writing = writing;
    this.manner = manner;
  }

  @Override
  public synchronized Masked batch(long index) {
    if (batches == null) {
      batches = new WindowBatches(ids(), manner.rows(), 0);
    }
    return Batches.from(batches.batch(index), writing.prompt(), end(teacher));
  }

  @Override
  public long tokens() {
    return (long) manner.rows() * (writing.length() - 1);
  }

  /** Prompts and what was written, (texts, prompt + tokens). */
  long[][] ids() {
    List<long[]> written = new ArrayList<>();
    int parts = (prompts.length + TOGETHER - 1) / TOGETHER;
    try (Progress progress = Progress.of(teacher.name() + " writes", parts)) {
      for (int part = 0; part < parts; part++) {
        long[][] some = Arrays.copyOfRange(prompts, part * TOGETHER, Math.min(prompts.length, (part + 1) * TOGETHER));
        written.addAll(List.of(new Generator(teacher, manner.sampler(part)).extend(some, writing.tokens())));
        progress.step();
      }
    }
    return written.toArray(long[][]::new);
  }

  /** The token that ends a text, or -1. */
  static long end(Llm model) {
    return model.tokenizerOrNull() == null ? -1 : model.tokenizer().end().orElse(-1);
  }
}
