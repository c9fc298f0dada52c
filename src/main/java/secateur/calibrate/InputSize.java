package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Columns;

/**
 * How large the inputs of a layer are, in runs of {@code width} features: the Euclidean norm of each run, a mean over all
 * tokens. With a width of 1 that is the mean magnitude of each feature.
 */
public final class InputSize implements Statistic {

  private final int width;
  private final RunningSum norms = new RunningSum();

  /** Of runs of {@code width} features, a divisor of their number. */
  public InputSize(int width) {
    this.width = width;
  }

  @Override
  public void see(NDArray x) {
    norms.add(Columns.normSum(x, width), x);
  }

  /** (in / width) float32. */
  public NDArray norm() {
    return norms.mean(1);
  }

  /** For each feature its share of the norm of its run, (in) float32. */
  public NDArray shares() {
    return norm().div(width).repeat(width);
  }

  @Override
  public void close() {
    norms.close();
  }
}
