package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import secateur.tensor.Nn;

/**
 * A layer with a low-rank matrix beside it: y = base(x) + s B A drop(x) (Hu et al., arXiv 2106.09685, eq. 3).
 *
 * @param base W and b, in whatever form
 * @param a A (r, in) float32
 * @param b B (out, r) float32
 * @param scale s
 * @param drop what becomes of x before A sees it: dropout in training, otherwise nothing
 */
public record Adapted(Linear base, NDArray a, NDArray b, double scale, UnaryOperator<NDArray> drop) implements OnBase {

  /** Refuses matrices that do not fit {@code base} and each other. */
  public Adapted {
    Shape left = b.getShape();
    Shape right = a.getShape();
    if (left.dimension() != 2 || right.dimension() != 2 || left.get(1) != right.get(0)
        || left.get(0) != base.rows() || right.get(1) != base.columns()) {
      throw new IllegalArgumentException("A has shape " + right + " and B " + left + "; a layer of shape (" + base.rows() + ", "
          + base.columns() + ") needs (r, " + base.columns() + ") and (" + base.rows() + ", r)");
    }
    if (a.getDataType() != DataType.FLOAT32 || b.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException("A is " + a.getDataType() + " and B " + b.getDataType() + ", allowed is float32");
    }
  }

  /** Without dropout. */
  public Adapted(Linear base, NDArray a, NDArray b, double scale) {
    this(base, a, b, scale, UnaryOperator.identity());
  }

  @Override
  public NDArray forward(NDArray x) {
    NDArray y = base.forward(x);
    NDArray side = Nn.scaled(Nn.mixedLinear(Nn.mixedLinear(drop.apply(x), a, null), b, null), scale);
    return y.add(side.toType(y.getDataType(), false));
  }

  /** s B A (out, in). */
  public NDArray delta() {
    return Nn.scaled(b.matMul(a), scale);
  }

  /** W + s B A. */
  @Override
  public NDArray weight() {
    return base.weight().add(delta());
  }

  /** A layer in the form of the base, without A and B: they went into {@link #weight}. */
  @Override
  public Linear withWeight(NDArray weight) {
    return base.withWeight(weight);
  }

  @Override
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(base.arrays());
    arrays.add(a);
    arrays.add(b);
    return arrays;
  }

  @Override
  public long storedBytes() {
    return base.storedBytes() + (a.size() + b.size()) * DataType.FLOAT32.getNumOfBytes();
  }

  /** r. */
  public long rank() {
    return a.getShape().get(0);
  }

  @Override
  public String toString() {
    return "Adapted(" + base + ", rank " + rank() + ")";
  }
}
