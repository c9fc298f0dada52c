package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import secateur.tensor.Int8;
import secateur.tensor.Scope;
import secateur.tensor.Select;

/** A matrix of int8 codes with a scale for each output, multiplied with activations in int8. */
public sealed interface Int8Linear extends Linear permits W8A8, OutlierColumns {

  /** Codes (out, in) and scales (out). */
  Int8.Rows rounded();

  /** The same kind of layer with other weights and bias. */
  Int8Linear like(Int8.Rows rounded, NDArray bias);

  /** x W' (N, out) for {@code x} (N, in). */
  NDArray product(NDArray x);

  @Override
  default NDArray forward(NDArray x) {
    return Scope.run(() -> {
      long[] shape = x.getShape().getShape().clone();
      shape[shape.length - 1] = rows();
      NDArray y = product(Int8.flat(x)).toType(x.getDataType(), false).reshape(new Shape(shape));
      return bias() == null ? y : y.add(bias());
    });
  }

  @Override
  default NDArray weight() {
    return rounded().dequantized();
  }

  @Override
  default Int8Linear withWeight(NDArray weight) {
    return like(Int8.rows(weight), bias());
  }

  /** Each output keeps its scale. */
  @Override
  default Int8Linear keep(NDArray outputs, NDArray inputs) {
    NDArray codes = Select.columns(Select.rows(rounded().codes(), outputs), inputs);
    return like(new Int8.Rows(codes, Select.rows(rounded().scale(), outputs)), bias() == null ? null : Select.rows(bias(), outputs));
  }

  @Override
  default List<NDArray> arrays() {
    return Stream.of(rounded().codes(), rounded().scale(), bias()).filter(Objects::nonNull).toList();
  }

  @Override
  default long storedBytes() {
    return size() + rows() * Float.BYTES + (bias() == null ? 0 : rows() * stored().getNumOfBytes());
  }

  @Override
  default long rows() {
    return rounded().codes().getShape().get(0);
  }

  @Override
  default long columns() {
    return rounded().codes().getShape().get(1);
  }
}
