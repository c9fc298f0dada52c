package secateur.engines;

import java.util.List;

/** A program that others wrote, with a GGUF file open in it. */
public interface Engine extends AutoCloseable {

  /** Logits after each of {@code ids}, which begin a text: a row per id, a column per token. */
  float[][] logits(int[] ids);

  /**
   * Ids of each text; none is added at its ends.
   *
   * @param special whether a control token that stands in a text becomes its id
   */
  int[][] tokenize(List<String> texts, boolean special);

  /** As {@link #tokenize(List, boolean)}, of one text. */
  default int[] tokenize(String text, boolean special) {
    return tokenize(List.of(text), special)[0];
  }

  /** What the model writes after {@code prompt}, always the likeliest token, {@code tokens} of them at most. */
  String generate(String prompt, int tokens);

  @Override
  void close();

  /** exp of the mean of -log p(token | those before it in its window), the first token of a window not counted. */
  double perplexity(List<int[]> windows);
}
