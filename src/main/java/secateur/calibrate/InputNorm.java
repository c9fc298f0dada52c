package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Columns;
import secateur.tensor.Scope;

/** The mean square of each input feature over all tokens: what Wanda (Sun et al., arXiv 2306.11695) needs. */
public final class InputNorm implements Statistic {

  private NDArray sum;
  private long tokens;

  @Override
  public void see(NDArray x) {
    NDArray more = Columns.squareSum(x);
    tokens += x.size() / x.getShape().get(x.getShape().dimension() - 1);
    NDArray before = sum;
    sum = Scope.free(before == null ? more : before.add(more));
    if (before != null) {
      before.close();
    }
  }

  /** mean over tokens of x_j^2, (in) float32. */
  public NDArray norm() {
    if (sum == null) {
      throw new IllegalStateException("the layer has seen no inputs yet");
    }
    return sum.div(tokens);
  }

  @Override
  public void close() {
    if (sum != null) {
      sum.close();
    }
  }
}
