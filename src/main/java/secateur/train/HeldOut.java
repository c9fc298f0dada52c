package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/**
 * Batches that a model is not trained on, and how often it is measured with them.
 *
 * @param every steps between two measurements; the last step is always measured
 * @param <B> a batch
 */
public record HeldOut<B>(List<B> batches, int every) {

  /** Refuses nothing to measure with. */
  public HeldOut {
    if (batches.isEmpty() || every < 1) {
      throw new IllegalArgumentException(
          batches.size() + " held-out batches every " + every + " steps; at least 1 of each is needed");
    }
    batches = List.copyOf(batches);
  }

  boolean due(int done, int steps) {
    return done % every == 0 || done == steps;
  }

  /** The mean of {@code loss} over all batches. */
  double measure(Llm model, Loss<B> loss) {
    double[] sum = new double[1];
    Gradients.none(() -> {
      for (B batch : batches) {
        try (Scope scope = new Scope()) {
          NDArray value = loss.of(model, batch);
          sum[0] += value.getFloat();
        }
      }
    });
    return sum[0] / batches.size();
  }
}
