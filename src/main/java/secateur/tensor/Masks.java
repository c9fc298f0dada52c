package secateur.tensor;

import ai.djl.ndarray.NDArray;

/** Which weights to keep: float32 masks of 1 and 0 for scores (R, C); sources in {@code masks.py}. */
public final class Masks {

  private static final Script MASKS = Script.of("masks");

  private Masks() {}

  /** Removes every score up to the one at place floor(share n), as the reference codes of SparseGPT and Wanda do. */
  public static NDArray perMatrix(NDArray scores, double share) {
    return MASKS.call("per_matrix", scores, Devices.scalar(share));
  }

  /** Removes the floor(share C) smallest of each row. */
  public static NDArray perRow(NDArray scores, double share) {
    return MASKS.call("per_row", scores, Devices.scalar(share));
  }

  /** Keeps the n largest of every m consecutive scores of a row. */
  public static NDArray nOfM(NDArray scores, int n, int m) {
    return MASKS.call("n_of_m", scores, Devices.scalar(n), Devices.scalar(m));
  }

  /** Removes the scores below {@code threshold}. */
  public static NDArray above(NDArray scores, double threshold) {
    return MASKS.call("above", scores, Devices.scalar(threshold));
  }

  /** The score at place floor(share n) of all {@code scores} (n), in ascending order. */
  public static double quantile(NDArray scores, double share) {
    return MASKS.call("quantile", scores, Devices.scalar(share)).getFloat();
  }
}
