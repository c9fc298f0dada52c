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
  default double perplexity(List<int[]> windows) {
    double sum = 0;
    long count = 0;
    for (int[] window : windows) {
      float[][] logits = logits(window);
      for (int t = 1; t < window.length; t++, count++) {
        sum += logSumExp(logits[t - 1]) - logits[t - 1][window[t]];
      }
    }
    return Math.exp(sum / count);
  }

  private static double logSumExp(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }
}
