package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import secateur.tensor.Scope;
import secateur.tensor.WeightOnly;

/**
 * Codes of 2 to 4 bits in 4 bits each, multiplied as they are where few tokens come at once: {@link WeightOnly} rounds what goes in and
 * the scales to bfloat16. Many tokens are multiplied with the unpacked weights, in full. Narrow codes are shifted so that their zero is
 * nearest to the operator's, 8, which makes its offsets small or nothing: rounded, they would weigh more than the weights.
 *
 * @param packedCodes uint8 (out, in / 2), in the operator's layout
 * @param scales uint8 (in / size, out, 4), what the operator reads
 * @param size inputs of a group, as the operator sees it
 * @param shift uint8 (out, G), what was added to each code
 * @param bits of a code
 * @param operator multiplies
 */
record Int4(NDArray packedCodes, NDArray scales, long size, NDArray shift, int bits, WeightOnly operator) implements Codes {

  /** From so many tokens on, unpacking once is cheaper than the operator. */
  private static final long MANY = 128;

  /** The zero that the operator takes off each code. */
  private static final int MIDDLE = 8;

  /** Empty where the operator is missing, or does not take these codes. */
  static Optional<Codes> of(NDArray codes, int bits, NDArray scale, NDArray zero) {
    long groups = scale.getShape().get(1);
    long columns = codes.getShape().get(1);
    long size = WeightOnly.size(codes.getShape().get(0), columns, groups);
    if (size == 0 || bits > WeightOnly.BITS || !(WeightOnly.support() instanceof WeightOnly.Present present)) {
      return Optional.empty();
    }
    WeightOnly operator = present.operator();
    NDArray exact = zero.toType(DataType.FLOAT32, false);
    NDArray shift = exact.neg().add(MIDDLE).round().clip(0, (1 << WeightOnly.BITS) - (1 << bits)).toType(DataType.UINT8, false);
    NDArray shifted = grouped(codes, shift, NDArray::add);
    return Optional.of(new Int4(operator.pack(shifted), operator.scales(scale, exact.add(shift), columns / groups / size), size, shift, bits, operator));
  }

  /** {@code codes} (out, in) and one number for each group of each row. */
  private static NDArray grouped(NDArray codes, NDArray shift, BinaryOperator<NDArray> operation) {
    long rows = shift.getShape().get(0);
    return operation.apply(codes.reshape(rows, shift.getShape().get(1), -1), shift.reshape(rows, -1, 1)).reshape(codes.getShape());
  }

  @Override
  public NDArray product(NDArray x, Quantized layer) {
    long tokens = x.getShape().size() / columns();
    if (tokens >= MANY) {
      return layer.unpackedProduct(x);
    }
    Shape whole = x.getShape().slice(0, x.getShape().dimension() - 1).add(layer.rows());
    return Scope.run(() -> operator.product(x.toType(DataType.FLOAT32, false).reshape(tokens, columns()), packedCodes, size, scales)
        .reshape(whole).toType(x.getDataType(), false));
  }

  @Override
  public NDArray codes() {
    return grouped(operator.unpack(packedCodes), shift, NDArray::sub);
  }

  @Override
  public long columns() {
    return 2 * packedCodes.getShape().get(1);
  }

  @Override
  public List<NDArray> arrays() {
    return List.of(packedCodes, scales, shift);
  }

  @Override
  public String toString() {
    return "int4 kernel";
  }
}
