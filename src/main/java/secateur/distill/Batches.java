package secateur.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.train.Masked;

/** Batches as arrays. */
final class Batches {

  private Batches() {}

  /** The ids (B, T) that a model reads: {@code ids} (B, T + 1) without the last. */
  static NDArray input(Llm model, long[][] ids) {
    return model.ids(ids).get(":, :-1");
  }

  /** The ids (B, T) that follow them. */
  static NDArray targets(Llm model, Masked batch) {
    return model.ids(batch.ids()).get(":, 1:");
  }

  /** The weights (B, T). */
  static NDArray weights(Masked batch) {
    return array(batch.weights());
  }

  /** {@code rows} of one length, in PyTorch's memory: gradients may be computed when that of Java is gone. */
  static NDArray array(float[][] rows) {
    int width = rows[0].length;
    float[] flat = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * width, width);
    }
    return Devices.manager().create(flat, new Shape(rows.length, width)).duplicate();
  }

  /** Those of {@code array} (B, T). */
  static float[][] rows(NDArray array) {
    float[] flat = array.toFloatArray();
    int width = (int) array.getShape().get(1);
    float[][] rows = new float[flat.length / width][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    return rows;
  }

  /** All tokens of {@code ids} (B, T + 1) but the first {@code unlearnt} count, until the one after {@code end}. */
  static Masked from(long[][] ids, int unlearnt, long end) {
    float[][] weights = new float[ids.length][ids[0].length - 1];
    for (int row = 0; row < ids.length; row++) {
      for (int t = unlearnt; t < ids[row].length; t++) {
        weights[row][t - 1] = 1;
        if (ids[row][t] == end) {
          break;
        }
      }
    }
    return new Masked(ids, weights);
  }
}
