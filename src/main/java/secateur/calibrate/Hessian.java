package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.tensor.Columns;

/** H = 2/n sum x x', the Hessian of a layer's squared output error (Frantar, Singh and Alistarh, arXiv 2208.11580). */
public final class Hessian implements Statistic {

  private final RunningSum products = new RunningSum();

  @Override
  public void see(NDArray x) {
    products.add(Columns.gram(x), x);
  }

  /** H, (in, in) float32. */
  public NDArray matrix() {
    return products.mean(2);
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
    products.close();
  }
}
