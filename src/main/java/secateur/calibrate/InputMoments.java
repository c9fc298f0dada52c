package secateur.calibrate;

import ai.djl.ndarray.NDArray;

/** The mean magnitude of each input feature and the mean products of all pairs: what AWQ (Lin et al., arXiv 2306.00978) needs. */
public final class InputMoments implements Statistic {

  private final InputSize size = new InputSize(1);
  private final Hessian products = new Hessian();

  @Override
  public void see(NDArray x) {
    size.see(x);
    products.see(x);
  }

  /** mean over tokens of |x_j|, (in) float32. */
  public NDArray magnitude() {
    return size.norm();
  }

  /** 2/n sum x x', (in, in) float32. */
  public NDArray products() {
    return products.matrix();
  }

  @Override
  public void close() {
    size.close();
    products.close();
  }
}
