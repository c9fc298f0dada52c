package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import secateur.tensor.Bitmasks;
import secateur.tensor.Scope;

/**
 * A 2:4 matrix (Mishra et al., arXiv 2104.08378): of every four inputs of a row two have a value and four bits say which. On a
 * GPU cuSPARSELt multiplies it as it is, where {@link secateur.tensor.SemiStructured} found that to pay; elsewhere it is small in memory,
 * but unpacked for every product, which takes longer than {@link Dense} does. {@link #path()} says which.
 *
 * @param weights W
 * @param bias (out), or null
 * @param stored the type of values and bias on disk
 */
public record Sparse24(TwoOfFour weights, NDArray bias, DataType stored) implements Sparse {

  private static final int GROUP = 4;

  /** {@code layer} for the fastest product that there is; an error where more than two of four inputs have a weight. */
  public static Sparse24 of(Dense layer) {
    check(layer);
    return new Sparse24(TwoOfFour.of(layer.matrix()), layer.bias(), layer.stored());
  }

  /** {@code layer} unpacked for every product, whatever the device can do. */
  public static Sparse24 unpacked(Dense layer) {
    check(layer);
    return new Sparse24(TwoOfFour.Unpacked.of(layer.matrix()), layer.bias(), layer.stored());
  }

  /** Whether {@code layer} is 2:4. */
  public static boolean fits(Dense layer) {
    try (Scope scope = new Scope()) {
      return layer.columns() % GROUP == 0 && counts(layer).max().getLong() <= 2;
    }
  }

  /** Non-zeros in each four inputs, int64 (out, in / 4). */
  private static NDArray counts(Dense layer) {
    return Bitmasks.counts(Bitmasks.nonZeros(layer.matrix()), layer.columns(), GROUP);
  }

  private static void check(Dense layer) {
    String what = "a layer of shape " + new Shape(layer.rows(), layer.columns()) + " is not 2:4: ";
    if (layer.columns() % GROUP != 0) {
      throw new IllegalArgumentException(what + "4 does not divide its " + layer.columns() + " inputs");
    }
    if (!fits(layer)) {
      try (Scope scope = new Scope()) {
        long[] counts = counts(layer).toLongArray();
        int at = 0;
        while (counts[at] <= 2) {
          at++;
        }
        long groups = layer.columns() / GROUP;
        long first = at % groups * GROUP;
        throw new IllegalArgumentException(what + "row " + at / groups + " has " + counts[at] + " non-zeros in inputs " + first + " to "
            + (first + GROUP - 1) + ", allowed are 2");
      }
    }
  }

  /** How products are computed: {@code "cuSPARSELt"} or {@code "unpacked"}. */
  public String path() {
    return weights.toString();
  }

  @Override
  public NDArray forward(NDArray x) {
    return weights.product(x, bias);
  }

  @Override
  public Dense dense() {
    return new Dense(weights.matrix(), bias, stored);
  }

  @Override
  public Sparse24 like(Dense layer) {
    return of(layer);
  }

  /** With fewer inputs the rest is not 2:4 any more, and becomes a {@link Bitmask}. */
  @Override
  public Sparse keep(NDArray outputs, NDArray inputs) {
    Dense left = dense().keep(outputs, inputs);
    return inputs == null ? of(left) : Bitmask.of(left);
  }

  @Override
  public List<NDArray> arrays() {
    return bias == null ? weights.arrays() : Stream.concat(weights.arrays().stream(), Stream.of(bias)).toList();
  }

  @Override
  public DataType type() {
    return weights.type();
  }

  @Override
  public long storedBytes() {
    long numbers = size() / 2 + (bias == null ? 0 : rows());
    return numbers * stored.getNumOfBytes() + rows() * ((columns() + 7) / 8) + 2 * Long.BYTES;
  }

  @Override
  public long rows() {
    return weights.rows();
  }

  @Override
  public long columns() {
    return weights.columns();
  }

  @Override
  public String toString() {
    return "Sparse24(" + rows() + " x " + columns() + ", " + path() + ")";
  }
}
