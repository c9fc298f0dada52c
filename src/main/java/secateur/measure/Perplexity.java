package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * Perplexity as GPTQ, SparseGPT and Wanda measure it: exp of the mean over windows of the mean next-token cross-entropy
 * of a window, each window read by itself, without overlap.
 *
 * @param value e^(nats per token)
 * @param error standard error of {@code value} over the windows
 * @param protocol the text, the windows, the tokenizer and the arithmetic
 */
public record Perplexity(double value, double error, String protocol) {

  private static final long LOGITS = 1 << 25;

  /** Perplexity of {@code model} on {@code text}. */
  public static Perplexity of(Llm model, Windows text) {
    long[][] ids = text.ids(model.tokenizerOrNull());
    double[] losses = losses(model, ids);
    double mean = Arrays.stream(losses).average().orElseThrow();
    double variance = Arrays.stream(losses).map(l -> (l - mean) * (l - mean)).sum() / Math.max(1, losses.length - 1);
    double value = Math.exp(mean);
    String type = model.head().arrays().get(0).getDataType().name().toLowerCase(java.util.Locale.ROOT);
    return new Perplexity(value, value * Math.sqrt(variance / losses.length), text.protocol() + ", " + type);
  }

  /** Nats per token of each window. */
  private static double[] losses(Llm model, long[][] ids) {
    int batch = batch(model, ids);
    double[] losses = new double[ids.length];
    try (Progress progress = Progress.of("perplexity", (ids.length + batch - 1) / batch)) {
      for (int i = 0; i < ids.length; i += batch) {
        float[] some = batchLosses(model, Arrays.copyOfRange(ids, i, Math.min(ids.length, i + batch)));
        for (int j = 0; j < some.length; j++) {
          losses[i + j] = some[j];
        }
        progress.step();
      }
    }
    return losses;
  }

  /** How many of the windows {@code ids} at once, so that their logits are of bounded size. */
  static int batch(Llm model, long[][] ids) {
    return (int) Math.max(1, Math.min(16, LOGITS / (ids[0].length * model.head().rows())));
  }

  private static float[] batchLosses(Llm model, long[][] batch) {
    try (Scope scope = new Scope()) {
      NDArray ids = model.ids(batch);
      return model.loss(ids).toFloatArray();
    }
  }

  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "perplexity %.3f ± %.3f (%s)", value, error, protocol);
  }
}
