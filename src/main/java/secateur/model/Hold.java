package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import secateur.tensor.Holdings;

/** A model's hold on its arrays, which ends once. */
final class Hold implements AutoCloseable {

  private final Holdings holdings;
  private List<NDArray> arrays; // null once it is over

  Hold(Holdings holdings, List<NDArray> arrays) {
    this.holdings = holdings;
    this.arrays = arrays;
    holdings.retain(arrays);
  }

  synchronized boolean isOver() {
    return arrays == null;
  }

  /** Nothing refers to the model any more, though something may to its arrays. */
  synchronized void abandon() {
    if (arrays != null) {
      holdings.abandon(arrays);
      arrays = null;
    }
  }

  @Override
  public synchronized void close() {
    if (arrays != null) {
      holdings.release(arrays);
      arrays = null;
    }
  }
}
