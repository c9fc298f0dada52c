package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import secateur.model.Llm;
import secateur.tensor.Devices;

/**
 * Rows of token ids, and how much each token is to be learnt. Rows that end early are filled up with any id of weight 0, on the
 * right, where no token that counts sees it.
 *
 * @param ids (B, T + 1)
 * @param weights (B, T), of the tokens that the first T are followed by; 0 or more, one above 0
 */
public record TokenBatch(long[][] ids, float[][] weights) {

  /** Refuses weights of another shape, and batches that teach nothing. */
  public TokenBatch {
    int length = ids.length == 0 ? 0 : ids[0].length;
    if (length < 2 || weights.length != ids.length || Arrays.stream(ids).anyMatch(row -> row.length != length)
        || Arrays.stream(weights).anyMatch(row -> row.length != length - 1)) {
      throw new IllegalArgumentException(ids.length + " rows of " + length + " ids with " + weights.length
          + " rows of weights; needed are rows of one length, 2 or more, and as many rows of one weight less");
    }
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (float[] row : weights) {
      for (float weight : row) {
        least = Math.min(least, weight);
        sum += weight;
      }
    }
    if (!(least >= 0 && sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weights from " + least + " that sum to " + sum + "; allowed are 0 or more, and one above 0");
    }
  }

  /** All tokens of {@code ids} (B, T + 1) alike. */
  public static TokenBatch of(long[][] ids) {
    float[][] weights = new float[ids.length][ids[0].length - 1];
    Arrays.stream(weights).forEach(row -> Arrays.fill(row, 1));
    return new TokenBatch(ids, weights);
  }

  /** The ids (B, T) that a model reads. */
  public NDArray input(Llm model) {
    return model.ids(ids).get(":, :-1");
  }

  /** The ids (B, T) that follow them. */
  public NDArray targets(Llm model) {
    return model.ids(ids).get(":, 1:");
  }

  /** The weights (B, T). */
  public NDArray weightArray() {
    return array(weights);
  }

  /** {@code rows}, all of one length, as a float32 array. */
  public static NDArray array(float[][] rows) {
    int width = rows[0].length;
    float[] flat = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * width, width);
    }
    return Devices.manager().create(flat, new Shape(rows.length, width));
  }
}
