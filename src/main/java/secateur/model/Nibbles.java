package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import secateur.tensor.Columns.Fit;
import secateur.tensor.Probed;
import secateur.tensor.Scope;
import secateur.tensor.WeightOnly;

/**
 * Codes in digits of 4 bits, multiplied as they are where few tokens come at once: {@link WeightOnly} rounds what goes in and the
 * scales to bfloat16. Many tokens are multiplied with the unpacked weights, in full. Codes of 5 to 8 bits are 16 high + low, so that
 * W = (high - (zero - 8) / 16) 16 s + (low - 8) s. Narrow codes are shifted so that their zero is nearest to the middle of all digits,
 * which makes the offsets small or nothing: rounded, they would weigh more than the weights.
 *
 * @param matrices the low digits, then the high ones if there are any
 * @param shift uint8 (out, G), what was added to each code
 * @param bits of a code
 * @param columns in
 * @param operator multiplies
 */
record Nibbles(List<WeightOnly.Matrix> matrices, NDArray shift, int bits, long columns, WeightOnly operator) implements Codes {

  private static final int DIGIT = 1 << WeightOnly.BITS;

  /** Empty where the operator is missing, or does not take these codes. */
  static Optional<Codes> of(NDArray codes, int bits, NDArray scale, NDArray zero) {
    long columns = codes.getShape().get(1);
    if (!(WeightOnly.probed() instanceof Probed.Present<WeightOnly> present)
        || !present.operator().fits(codes.getShape().get(0), columns, scale.getShape().get(1))) {
      return Optional.empty();
    }
    int all = digits(bits) == 1 ? DIGIT : DIGIT * DIGIT;
    NDArray shift = zero.toType(DataType.FLOAT32, false).neg().add(all / 2).round().clip(0, all - (1 << bits)).toType(DataType.UINT8, false);
    NDArray shifted = grouped(codes, shift, NDArray::add);
    NDArray low = shifted.mod(DIGIT);
    List<Fit> grids = grids(digits(bits), scale, zero, shift);
    List<WeightOnly.Matrix> matrices = new ArrayList<>(List.of(present.operator().matrix(low, grids.get(0))));
    if (grids.size() > 1) {
      matrices.add(present.operator().matrix(shifted.sub(low).div(DIGIT).toType(DataType.UINT8, false), grids.get(1)));
    }
    return Optional.of(new Nibbles(matrices, shift, bits, columns, present.operator()));
  }

  private static int digits(int bits) {
    return bits <= WeightOnly.BITS ? 1 : 2;
  }

  /** What each digit is multiplied with, (out, G). */
  private static List<Fit> grids(int digits, NDArray scale, NDArray zero, NDArray shift) {
    NDArray moved = zero.toType(DataType.FLOAT32, false).add(shift);
    NDArray middle = moved.zerosLike().add(DIGIT / 2);
    return digits == 1 ? List.of(new Fit(scale, moved))
        : List.of(new Fit(scale, middle), new Fit(scale.toType(DataType.FLOAT32, false).mul(DIGIT), moved.sub(middle).div(DIGIT)));
  }

  @Override
  public Codes with(NDArray scale, NDArray zero) {
    List<Fit> grids = grids(matrices.size(), scale, zero, shift);
    return new Nibbles(IntStream.range(0, grids.size()).mapToObj(i -> operator.with(matrices.get(i), grids.get(i))).toList(), shift, bits, columns, operator);
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
    return Scope.run(() -> operator.product(x.reshape(tokens, columns), matrices).reshape(whole));
  }

  @Override
  public NDArray codes() {
    NDArray low = operator.codes(matrices.get(0));
    return grouped(matrices.size() == 1 ? low : operator.codes(matrices.get(1)).mul(DIGIT).add(low), shift, NDArray::sub);
  }

  @Override
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>();
    matrices.forEach(matrix -> arrays.addAll(List.of(matrix.codes(), matrix.scales())));
    arrays.add(shift);
    return arrays;
  }

  @Override
  public String toString() {
    return operator.toString();
  }
}
