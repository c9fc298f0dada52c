package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import secateur.tensor.Columns.Fit;
import secateur.tensor.Probed;
import secateur.tensor.Scope;
import secateur.tensor.Step.Operands;
import secateur.tensor.WeightOnly;

/**
 * Codes in digits of 4 bits, multiplied as they are where few tokens come at once: {@link WeightOnly} rounds what goes in and the
 * scales to bfloat16. Many tokens are multiplied with the unpacked weights, in full. Codes of 5 to 8 bits are 16 high + low, so that
 * W = (high - (zero - 8) / 16) 16 s + (low - 8) s. Narrow codes are shifted so that their zero is nearest to the middle of all digits,
 * which makes the offsets small or nothing: rounded, they would weigh more than the weights.
 *
 * @param matrix the low digits, and below them the high ones if there are any
 * @param shift uint8 (out, G), what was added to each code
 * @param bits of a code
 * @param columns in
 * @param operator multiplies
 */
record Nibbles(WeightOnly.Matrix matrix, NDArray shift, int bits, long columns, WeightOnly operator) implements Codes {

  private static final int DIGIT = 1 << WeightOnly.BITS;

  /** Empty where the operator is missing, or does not take these codes. */
  static Optional<Codes> of(NDArray codes, int bits, NDArray scale, NDArray zero) {
    long columns = codes.getShape().get(1);
    if (!(WeightOnly.probed() instanceof Probed.Present<WeightOnly> present)
        || !present.operator().fits(codes.getShape().get(0), columns, scale.getShape().get(1))) {
      return Optional.empty();
    }
    int digits = bits <= WeightOnly.BITS ? 1 : 2;
    int all = digits == 1 ? DIGIT : DIGIT * DIGIT;
    NDArray shift = zero.toType(DataType.FLOAT32, false).neg().add(all / 2).round().clip(0, all - (1 << bits)).toType(DataType.UINT8, false);
    NDArray apart = digits(grouped(codes, shift, NDArray::add), digits);
    WeightOnly.Matrix matrix = present.operator().matrix(apart, grid(digits, scale, zero, shift), digits);
    return Optional.of(new Nibbles(matrix, shift, bits, columns, present.operator()));
  }

  /** uint8 (digits out, in), the low digits of {@code codes} first. */
  private static NDArray digits(NDArray codes, int digits) {
    if (digits == 1) {
      return codes;
    }
    NDArray low = codes.mod(DIGIT);
    return low.concat(codes.sub(low).div(DIGIT).toType(DataType.UINT8, false), 0);
  }

  /** What the digits are multiplied with, (digits out, G). */
  private static Fit grid(int digits, NDArray scale, NDArray zero, NDArray shift) {
    NDArray moved = zero.toType(DataType.FLOAT32, false).add(shift);
    if (digits == 1) {
      return new Fit(scale, moved);
    }
    NDArray s = scale.toType(DataType.FLOAT32, false);
    NDArray middle = moved.zerosLike().add(DIGIT / 2);
    return new Fit(s.concat(s.mul(DIGIT), 0), middle.concat(moved.sub(middle).div(DIGIT), 0));
  }

  @Override
  public Codes with(NDArray scale, NDArray zero) {
    return new Nibbles(operator.with(matrix, grid(matrix.digits(), scale, zero, shift)), shift, bits, columns, operator);
  }

  @Override
  public Optional<Operands> operands(NDArray bias) {
    return Optional.of(new Operands(matrix.codes(), matrix.scales(), bias));
  }

  /** {@code codes} (out, in) and one number for each group of each row. */
  private static NDArray grouped(NDArray codes, NDArray shift, BinaryOperator<NDArray> operation) {
    long rows = shift.getShape().get(0);
    return operation.apply(codes.reshape(rows, shift.getShape().get(1), -1), shift.reshape(rows, -1, 1)).reshape(codes.getShape());
  }

  @Override
  public NDArray product(NDArray x, Quantized layer) {
    long tokens = x.getShape().size() / columns;
    if (!operator.few(tokens)) {
      return layer.unpackedProduct(x);
    }
    Shape whole = x.getShape().slice(0, x.getShape().dimension() - 1).add(layer.rows());
    return Scope.run(() -> operator.product(x.reshape(tokens, columns), matrix).reshape(whole));
  }

  @Override
  public NDArray codes() {
    NDArray all = operator.codes(matrix);
    if (matrix.digits() == 1) {
      return grouped(all, shift, NDArray::sub);
    }
    NDList digits = all.split(2, 0);
    return grouped(digits.get(1).mul(DIGIT).add(digits.get(0)), shift, NDArray::sub);
  }

  @Override
  public List<NDArray> arrays() {
    return List.of(matrix.codes(), matrix.scales(), shift);
  }

  @Override
  public String toString() {
    return operator.toString();
  }
}
