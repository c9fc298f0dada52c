package secateur.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Tokenizer;

/**
 * Examples in batches, padded on the right to the longest of all, so that causal attention never sees the padding; every round
 * through them visits each once, in another order. Tokens of the responses and the token that ends them count, unless
 * {@link #prompts} says more.
 */
public final class ExampleBatches implements Data<Masked> {

  private final List<Encoded> encoded;
  private final int length;
  private final long padding;
  private final double share;
  private final int rows;
  private final long seed;
  private long round = -1;
  private int[] order;

  /** Batches of {@code rows} examples. */
  public ExampleBatches(Examples examples, Tokenizer tokenizer, int rows, long seed) {
    this(encoded(examples, tokenizer), tokenizer.end().orElse(0), 0, rows, seed);
  }

  private ExampleBatches(List<Encoded> encoded, long padding, double share, int rows, long seed) {
    if (rows < 1 || !(share >= 0)) {
      throw new IllegalArgumentException("batches of " + rows + " examples whose prompts count " + share + "; allowed are 1 or more, and 0 or more");
    }
    this.encoded = encoded;
    this.length = encoded.stream().mapToInt(each -> each.ids().length).max().orElseThrow();
    this.padding = padding;
    this.share = share;
    this.rows = rows;
    this.seed = seed;
  }

  /** These batches with tokens of the prompts that count as much as {@code share} of a response's. */
  public ExampleBatches prompts(double other) {
    return new ExampleBatches(encoded, padding, other, rows, seed);
  }

  private static List<Encoded> encoded(Examples examples, Tokenizer tokenizer) {
    List<Encoded> encoded = new ArrayList<>();
    for (Example example : examples.list()) {
      encoded.add(Encoded.of(example, tokenizer));
    }
    return encoded;
  }

  /** All examples in their order, once, in batches of up to {@code rows}, to measure with. */
  public static List<Masked> once(Examples examples, Tokenizer tokenizer, int rows) {
    ExampleBatches all = new ExampleBatches(examples, tokenizer, rows, 0);
    List<Masked> batches = new ArrayList<>();
    for (int from = 0; from < all.encoded.size(); from += rows) {
      batches.add(all.batch(all.encoded.subList(from, Math.min(all.encoded.size(), from + rows))));
    }
    return batches;
  }

  @Override
  public synchronized Masked batch(long index) {
    List<Encoded> batch = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      long at = index * rows + i;
      turn(at / encoded.size());
      batch.add(encoded.get(order[(int) (at % encoded.size())]));
    }
    return batch(batch);
  }

  private Masked batch(List<Encoded> batch) {
    return new Masked(batch.stream().map(each -> each.padded(length, padding)).toArray(long[][]::new),
        batch.stream().map(each -> each.weights(length, share)).toArray(float[][]::new));
  }

  /** Rows times the length of each, padding included. */
  @Override
  public long tokens() {
    return (long) rows * (length - 1);
  }

  /** Tokens of the longest example. */
  public int length() {
    return length;
  }

  private void turn(long wanted) {
    if (wanted != round) {
      round = wanted;
      order = Shuffle.of(encoded.size(), new SplittableRandom(seed * 1_000_003 + round));
    }
  }
}
