package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import secateur.tensor.Bitmasks;
import secateur.tensor.Devices;
import secateur.tensor.Nn;
import secateur.tensor.Probed;
import secateur.tensor.Scope;
import secateur.tensor.SemiStructured;

/** A matrix (out, in) of two values in every four inputs of a row, laid out for the way in which its product is computed. */
public sealed interface TwoOfFour {

  /** x W' + b (…, out) for {@code x} (…, in); {@code bias} may be null. */
  NDArray product(NDArray x, NDArray bias);

  /** W (out, in) with its zeros. */
  NDArray matrix();

  /** The same matrix, laid out by its definition. */
  default Unpacked unpacked() {
    return Unpacked.of(matrix());
  }

  /** Everything it holds. */
  List<NDArray> arrays();

  /** out. */
  long rows();

  /** in. */
  long columns();

  /** The type of its values. */
  default DataType type() {
    return arrays().get(0).getDataType();
  }

  /** {@code matrix}, which has two non-zeros at most in every four inputs, for the fastest product that there is. */
  static TwoOfFour of(NDArray matrix) {
    return Kernel.of(matrix).orElseGet(() -> Unpacked.of(matrix));
  }

  /**
   * Unpacked before each product, which takes longer than {@link Dense} does.
   *
   * @param values (out, in / 2)
   * @param bits uint8 (out, in / 8 rounded up), two of every four are one
   */
  record Unpacked(NDArray values, NDArray bits) implements TwoOfFour {

    static Unpacked of(NDArray matrix) {
      NDArray bits = Bitmasks.pairs(matrix);
      Shape shape = new Shape(matrix.getShape().get(0), matrix.getShape().get(1) / 2);
      return new Unpacked(Bitmasks.select(matrix, bits).reshape(shape), bits);
    }

    /** The same matrix for the fastest product that there is. */
    TwoOfFour fastest() {
      return SemiStructured.fits(type(), new Shape(rows(), columns())) ? TwoOfFour.of(matrix()) : this;
    }

    @Override
    public NDArray product(NDArray x, NDArray bias) {
      return Scope.run(() -> Nn.linear(x, matrix(), bias));
    }

    @Override
    public Unpacked unpacked() {
      return this;
    }

    @Override
    public NDArray matrix() {
      return Bitmasks.fill(values, bits, columns());
    }

    @Override
    public List<NDArray> arrays() {
      return List.of(values, bits);
    }

    @Override
    public long rows() {
      return values.getShape().get(0);
    }

    @Override
    public long columns() {
      return 2 * values.getShape().get(1);
    }

    @Override
    public String toString() {
      return "unpacked";
    }
  }

  /**
   * Multiplied as it is, by cuSPARSELt.
   *
   * @param compressed float16 (9/16 out in), in that library's order
   */
  record Kernel(NDArray compressed, long rows, long columns, SemiStructured operators) implements TwoOfFour {

    /** Empty where there are no such operators, or not for this type and shape. */
    static Optional<TwoOfFour> of(NDArray matrix) {
      if (!SemiStructured.fits(matrix.getDataType(), matrix.getShape()) || !(SemiStructured.probed() instanceof Probed.Present<SemiStructured> present)) {
        return Optional.empty();
      }
      SemiStructured operators = present.operator();
      return Optional.of(new Kernel(operators.compress(matrix), matrix.getShape().get(0), matrix.getShape().get(1), operators));
    }

    @Override
    public NDArray product(NDArray x, NDArray bias) {
      Shape flat = new Shape(x.getShape().size() / columns, columns);
      Shape whole = x.getShape().slice(0, x.getShape().dimension() - 1).add(rows);
      return Scope.run(() -> operators.product(compressed, x.toType(DataType.FLOAT16, false).reshape(flat), bias)
          .reshape(whole).toType(x.getDataType(), false));
    }

    /** W = (I W')', which is exact: each sum has one term. */
    @Override
    public NDArray matrix() {
      NDArray one = Devices.manager().eye((int) columns, (int) columns, 0, DataType.FLOAT16);
      return Scope.run(() -> operators.product(compressed, one, null).transpose());
    }

    @Override
    public List<NDArray> arrays() {
      return List.of(compressed);
    }

    @Override
    public String toString() {
      return "cuSPARSELt";
    }
  }
}
