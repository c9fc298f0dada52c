package secateur.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.tensor.Select;
import secateur.text.Tokenizer;

/** How likely texts go on as they do. */
final class Continuations {

  private static final int ROWS = 16;

  private final Llm model;
  private final List<Text> texts = new ArrayList<>();

  /** A text as tokens, of which those from {@code from} on are scored; {@code index} is its place among all. */
  private record Text(long[] ids, int from, int index) {}

  Continuations(Llm model) {
    this.model = model;
  }

  /**
   * Adds {@code continuation} of {@code context}: both are tokenized as one text, of which so many tokens are the context's as it
   * has by itself. What is too long for the model loses its beginning.
   */
  void add(String context, String continuation) {
    Tokenizer tokenizer = model.tokenizer();
    long[] whole = tokenizer.encode(context + continuation);
    int from = Math.min(tokenizer.encode(context).length, whole.length - 1);
    int over = Math.max(0, whole.length - 1 - model.spec().sizes().context());
    texts.add(new Text(Arrays.copyOfRange(whole, over, whole.length), Math.max(1, from - over), texts.size()));
  }

  /** The sum of the log-probabilities of each continuation's tokens, in nats, in the order in which they were added. */
  double[] logLikelihoods() {
    double[] sums = new double[texts.size()];
    List<Text> byLength = texts.stream().sorted(Comparator.comparingInt(text -> text.ids().length)).toList();
    try (Progress progress = Progress.of("scoring choices", (texts.size() + ROWS - 1) / ROWS)) {
      for (int at = 0; at < texts.size(); at += ROWS) {
        score(byLength.subList(at, Math.min(texts.size(), at + ROWS)), sums);
        progress.step();
      }
    }
    return sums;
  }

  /** Padding on the right is behind every token that is scored. */
  private void score(List<Text> some, double[] sums) {
    int length = some.get(some.size() - 1).ids().length;
    int read = length - 1;
    long[] places = IntStream.range(0, some.size()).boxed().flatMapToLong(row ->
        IntStream.range(some.get(row).from() - 1, some.get(row).ids().length - 1).mapToLong(t -> (long) row * read + t)).toArray();
    long[] next = some.stream().flatMapToLong(text -> Arrays.stream(text.ids(), text.from(), text.ids().length)).toArray();
    try (Scope scope = new Scope()) {
      NDArray logits = model.forward(model.ids(some.stream().map(text -> Arrays.copyOf(text.ids(), read)).toArray(long[][]::new)));
      NDArray chosen = Select.rows(logits.reshape(new Shape(-1, logits.getShape().get(2))), Select.places(places));
      float[] all = chosen.toType(DataType.FLOAT32, false).logSoftmax(-1).gather(Select.places(next).expandDims(1), 1).toFloatArray();
      for (int i = 0; i < all.length; i++) {
        sums[some.get((int) (places[i] / read)).index()] += all[i];
      }
    }
  }
}
