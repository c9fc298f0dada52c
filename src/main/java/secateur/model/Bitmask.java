package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import secateur.tensor.Bitmasks;
import secateur.tensor.Scope;

/**
 * A matrix of any sparsity without its zeros: what is left, row by row, and a bit for each weight that says whether it is
 * there. It is small in memory; every product unpacks the whole matrix first, which takes longer than {@link Dense} does.
 *
 * @param values (n) in the type that the model computes with
 * @param bits uint8 (out, in / 8 rounded up), as {@link Bitmasks} has them
 * @param columns in
 * @param bias (out), or null
 * @param stored the type of values and bias on disk
 */
public record Bitmask(NDArray values, NDArray bits, long columns, NDArray bias, DataType stored) implements Sparse {

  /** {@code layer} without its zeros. */
  public static Bitmask of(Dense layer) {
    NDArray bits = Bitmasks.nonZeros(layer.matrix());
    return new Bitmask(Bitmasks.select(layer.matrix(), bits), bits, layer.columns(), layer.bias(), layer.stored());
  }

  @Override
  public NDArray forward(NDArray x) {
    return Scope.run(() -> dense().forward(x));
  }

  @Override
  public Dense dense() {
    return new Dense(Bitmasks.fill(values, bits, columns), bias, stored);
  }

  @Override
  public Bitmask like(Dense layer) {
    return of(layer);
  }

  @Override
  public Bitmask keep(NDArray outputs, NDArray inputs) {
    return of(dense().keep(outputs, inputs));
  }

  @Override
  public List<NDArray> arrays() {
    return Stream.of(values, bits, bias).filter(Objects::nonNull).toList();
  }

  @Override
  public DataType type() {
    return values.getDataType();
  }

  @Override
  public long storedBytes() {
    long numbers = values.size() + (bias == null ? 0 : rows());
    return numbers * stored.getNumOfBytes() + bits.size() + (rows() + 2) * Long.BYTES;
  }

  @Override
  public long rows() {
    return bits.getShape().get(0);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Bitmask(%d x %d, %.1f%% zeros)", rows(), columns, 100 - 100.0 * values.size() / size());
  }
}
