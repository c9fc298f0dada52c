package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Steps of an optimizer, in place; sources in {@code optimizer.py}. */
public final class Optimizer {

  private static final Script OPTIMIZER = Script.of("optimizer");

  private Optimizer() {}

  /** Fills {@code target} with the values of {@code source}, which may be on another device. */
  public static void overwrite(NDArray target, NDArray source) {
    OPTIMIZER.call("overwrite", target, source);
  }

  /** The values of {@code source} in memory of their own, on the device of {@code manager}. */
  public static NDArray copy(NDArray source, NDManager manager) {
    NDArray copy = manager.create(source.getShape(), source.getDataType());
    overwrite(copy, source);
    return copy;
  }

  /** Fills {@code array} with zeros. */
  public static void clear(NDArray array) {
    OPTIMIZER.call("clear", array);
  }

  /** Adds the sum of squares of {@code gradient} to {@code total} (1). */
  public static void addSquare(NDArray total, NDArray gradient) {
    OPTIMIZER.call("add_square", total, gradient);
  }

  /**
   * One step of AdamW (Loshchilov and Hutter, arXiv 1711.05101); afterwards the gradient is zero.
   *
   * @param arrays weight, gradient, first moment, second moment; float32, of one shape
   * @param squares (1), the sum of squares of all gradients
   * @param settings rate, beta1, beta2, eps, decay, largest norm of all gradients, step from 1
   */
  public static void adamw(NDArray[] arrays, NDArray squares, double[] settings) {
    NDArray host = Devices.numbers(settings);
    OPTIMIZER.call("adamw", arrays[0], arrays[1], arrays[2], arrays[3], squares, host);
  }
}
