package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;

/**
 * A plain matrix that is being trained: float32 weights that require gradients, multiplied in bfloat16 on a GPU.
 *
 * @param matrix (out, in) float32
 * @param bias (out) float32, or null
 * @param stored the type on disk
 */
public record Trainable(NDArray matrix, NDArray bias, DataType stored) implements Linear {

  /** Refuses arrays that are not float32. */
  public Trainable {
    if (matrix.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException("a weight in training is " + matrix.getDataType() + ", allowed is float32");
    }
  }

  @Override
  public NDArray forward(NDArray x) {
    return Nn.mixedLinear(x, matrix, bias);
  }

  /** W (out, in), cut off from differentiation. */
  @Override
  public NDArray weight() {
    return matrix.stopGradient();
  }

  @Override
  public Trainable withWeight(NDArray weight) {
    return new Trainable(Gradients.trainable(weight), bias, stored);
  }

  @Override
  public List<NDArray> arrays() {
    return Stream.of(matrix, bias).filter(Objects::nonNull).toList();
  }

  @Override
  public long storedBytes() {
    return arrays().stream().mapToLong(a -> a.size() * stored.getNumOfBytes()).sum();
  }

  @Override
  public long rows() {
    return matrix.getShape().get(0);
  }

  @Override
  public long columns() {
    return matrix.getShape().get(1);
  }
}
