package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import secateur.tensor.Nn;
import secateur.tensor.Select;
import secateur.tensor.Step.Operands;

/**
 * A plain matrix.
 *
 * @param matrix (out, in), in the type that the model computes with
 * @param bias (out), or null
 * @param stored the type on disk
 */
public record Dense(NDArray matrix, NDArray bias, DataType stored) implements Linear {

  @Override
  public NDArray forward(NDArray x) {
    return Nn.linear(x, matrix, bias);
  }

  @Override
  public Optional<Operands> operands() {
    return Optional.of(new Operands(matrix, null, bias));
  }

  @Override
  public NDArray weight() {
    return matrix.toType(DataType.FLOAT32, false);
  }

  @Override
  public Dense withWeight(NDArray weight) {
    if (!weight.getShape().equals(matrix.getShape())) {
      throw new IllegalArgumentException("a weight of shape " + weight.getShape() + " for a layer of shape " + matrix.getShape());
    }
    return new Dense(weight.toType(matrix.getDataType(), false), bias, stored);
  }

  @Override
  public Dense keep(NDArray outputs, NDArray inputs) {
    return new Dense(Select.columns(Select.rows(matrix, outputs), inputs), bias == null ? null : Select.rows(bias, outputs), stored);
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

  @Override
  public String toString() {
    return "Dense(" + rows() + " x " + columns() + ", " + matrix.getDataType().name().toLowerCase(java.util.Locale.ROOT) + ")";
  }
}
