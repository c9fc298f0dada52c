package secateur.measure;

import java.util.Arrays;
import secateur.model.Linear;
import secateur.tensor.Scope;
import secateur.tensor.Stats;

/**
 * How often a layer's weights lie in each of equal bins.
 *
 * @param low where the first bin begins
 * @param high where the last one ends
 * @param counts by bin
 */
public record Histogram(double low, double high, long[] counts) {

  /** The weights of {@code layer} in {@code bins} bins from {@code -reach} to {@code reach}. */
  public static Histogram of(Linear layer, int bins, double reach) {
    try (Scope scope = new Scope()) {
      float[] counts = Stats.histogram(layer.weight(), bins, reach).toFloatArray();
      long[] whole = new long[bins];
      Arrays.setAll(whole, i -> (long) counts[i]);
      return new Histogram(-reach, reach, whole);
    }
  }

  /** The largest magnitude among the weights of {@code layer}. */
  public static double reach(Linear layer) {
    try (Scope scope = new Scope()) {
      return layer.weight().abs().max().getFloat();
    }
  }

  /** The middle of each bin. */
  public double[] middles() {
    double width = (high - low) / counts.length;
    double[] middles = new double[counts.length];
    Arrays.setAll(middles, i -> low + (i + 0.5) * width);
    return middles;
  }
}
