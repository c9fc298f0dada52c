package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.tensor.Int8;

/**
 * Weights int8 by output; inputs with outliers are multiplied in the activations' type with the dequantized weights, the others
 * in int8 by token (Dettmers et al., arXiv 2208.07339). As the original weights are gone, outliers meet rounded ones too.
 *
 * @param rounded W
 * @param bias (out), or null
 * @param stored the type of the bias on disk
 * @param threshold from which |x| is an outlier
 */
public record OutlierColumns(Int8.Rows rounded, NDArray bias, DataType stored, double threshold) implements Int8Linear {

  /** {@code layer} rounded. */
  public static OutlierColumns of(Linear layer, double threshold) {
    return new OutlierColumns(Int8.rows(layer.weight()), layer.bias(), layer.stored(), threshold);
  }

  @Override
  public OutlierColumns like(Int8.Rows other, NDArray otherBias) {
    return new OutlierColumns(other, otherBias, stored, threshold);
  }

  @Override
  public NDArray product(NDArray x) {
    return Int8.decomposed(x, rounded, threshold);
  }

  @Override
  public String toString() {
    return "OutlierColumns(" + rows() + " x " + columns() + ", from " + threshold + ")";
  }
}
