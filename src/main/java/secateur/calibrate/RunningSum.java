package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Scope;

/** A sum of arrays over many batches of tokens; it lives outside every scope until it is closed. */
final class RunningSum implements AutoCloseable {

  private NDArray sum;
  private long tokens;

  /** Adds {@code more}, which comes of the tokens of {@code x} (…, features). */
  void add(NDArray more, NDArray x) {
    NDArray before = sum;
    sum = Scope.free(before == null ? more : before.add(more));
    tokens += x.size() / x.getShape().get(x.getShape().dimension() - 1);
    if (before != null) {
      before.close();
    }
  }

  /** {@code factor} times the mean over all tokens. */
  NDArray mean(double factor) {
    if (sum == null) {
      throw new IllegalStateException("the layer has seen no inputs yet");
    }
    return sum.mul(factor / tokens);
  }

  @Override
  public void close() {
    if (sum != null) {
      sum.close();
    }
  }
}
