package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.tensor.Int8;

/**
 * Weights int8 by output and activations int8 by token, absmax (Xiao et al., arXiv 2211.10438).
 *
 * @param rounded W
 * @param bias (out), or null
 * @param stored the type of the bias on disk
 */
public record W8A8(Int8.Rows rounded, NDArray bias, DataType stored) implements Int8Linear {

  /** {@code layer} rounded. */
  public static W8A8 of(Linear layer) {
    return new W8A8(Int8.rows(layer.weight()), layer.bias(), layer.stored());
  }

  @Override
  public W8A8 like(Int8.Rows other, NDArray otherBias) {
    return new W8A8(other, otherBias, stored);
  }

  @Override
  public NDArray product(NDArray x) {
    return Int8.product(x, rounded);
  }

  @Override
  public String toString() {
    return "W8A8(" + rows() + " x " + columns() + ")";
  }
}
