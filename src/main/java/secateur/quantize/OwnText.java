package secateur.quantize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import secateur.model.Generator;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.tensor.Progress;
import secateur.train.Data;
import secateur.train.WindowBatches;

/**
 * Text that a model writes itself (Liu et al., arXiv 2305.17888): each sequence begins with a token of the
 * vocabulary, the next 3 to 5 are the most likely ones, the rest is drawn. Written when a batch is first asked for; the same
 * in every run.
 */
final class OwnText implements Data<long[][]> {

  /** Sequences written at once. */
  private static final int TOGETHER = 64;

  private static final int GREEDY = 3;
  private static final int SEED = 0;

  private final Llm model;
  private final int sequences;
  private final int length;
  private final int rows;
  private WindowBatches batches;

  /** {@code sequences} of {@code length} tokens, in batches of {@code rows}. */
  OwnText(Llm model, int sequences, int length, int rows) {
    this.model = model;
    this.sequences = sequences;
    this.length = length;
    this.rows = rows;
  }

  @Override
  public synchronized long[][] batch(long index) {
    if (batches == null) {
      batches = new WindowBatches(ids(), rows, SEED);
    }
    return batches.batch(index);
  }

  @Override
  public long tokens() {
    return (long) rows * (length - 1);
  }

  /** Ids (sequences, length). */
  long[][] ids() {
    long[] starts = starts();
    List<long[]> written = new ArrayList<>();
    int parts = (sequences + TOGETHER - 1) / TOGETHER;
    try (Progress progress = Progress.of("writing text to train on", parts)) {
      for (int part = 0; part < parts; part++) {
        int from = part * TOGETHER;
        long[][] first = IntStream.range(from, Math.min(sequences, from + TOGETHER)).mapToObj(i -> new long[] {starts[i % starts.length]}).toArray(long[][]::new);
        written.addAll(List.of(continued(first, GREEDY + part % 3, part)));
        progress.step();
      }
    }
    return written.toArray(long[][]::new);
  }

  private long[][] continued(long[][] first, int greedy, int part) {
    long[][] begun = new Generator(model, Sampler.GREEDY).extend(first, greedy);
    return new Generator(model, Sampler.temperature(1, SEED + part)).extend(begun, length - 1 - greedy);
  }

  /** The vocabulary in a random order. */
  private long[] starts() {
    List<Long> all = new ArrayList<>();
    for (long token = 0; token < model.head().rows(); token++) {
      all.add(token);
    }
    Collections.shuffle(all, new Random(SEED));
    return all.stream().mapToLong(Long::longValue).toArray();
  }
}
