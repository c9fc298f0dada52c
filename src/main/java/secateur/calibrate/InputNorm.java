package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Columns;

/** The mean square of each input feature over all tokens: what Wanda (Sun et al., arXiv 2306.11695) needs. */
public final class InputNorm implements Statistic {

  private final RunningSum squares = new RunningSum();

  @Override
  public void see(NDArray x) {
    squares.add(Columns.squareSum(x), x);
  }

  /** mean over tokens of x_j^2, (in) float32. */
  public NDArray norm() {
    return squares.mean(1);
  }

  @Override
  public void close() {
    squares.close();
  }
}
