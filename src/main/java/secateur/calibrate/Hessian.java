package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.tensor.Columns;
import secateur.tensor.Scope;

/** H = 2/n sum x x', the Hessian of a layer's squared output error (Frantar and Alistarh, arXiv 2208.11580). */
public final class Hessian implements Statistic {

  private NDArray sum;
  private long tokens;

  @Override
  public void see(NDArray x) {
    NDArray more = Columns.gram(x);
    tokens += x.size() / x.getShape().get(x.getShape().dimension() - 1);
    NDArray before = sum;
    sum = Scope.free(before == null ? more : before.add(more));
    if (before != null) {
      before.close();
    }
  }

  /** H, (in, in) float32. */
  public NDArray matrix() {
    if (sum == null) {
      throw new IllegalStateException("the layer has seen no inputs yet");
    }
    return sum.mul(2.0 / tokens);
  }

  /** 1 for inputs that were ever other than 0, else 0: (in) float32. */
  public NDArray alive() {
    return diagonal().neq(0).toType(DataType.FLOAT32, false);
  }

  /** The diagonal of H, (in). */
  public NDArray diagonal() {
    return Columns.diagonal(matrix());
  }

  @Override
  public void close() {
    if (sum != null) {
      sum.close();
    }
  }
}
