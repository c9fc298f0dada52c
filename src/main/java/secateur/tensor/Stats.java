package secateur.tensor;

import ai.djl.ndarray.NDArray;

/** Figures of arrays; sources in {@code masks.py}. */
public final class Stats {

  private static final Script MASKS = Script.of("masks");

  private Stats() {}

  /** How many of {@code x} lie in each of {@code bins} equal bins from {@code -reach} to {@code reach}: (bins) float32. */
  public static NDArray histogram(NDArray x, int bins, double reach) {
    return MASKS.call("histogram", x, Devices.scalar(bins), Devices.scalar(reach));
  }
}
