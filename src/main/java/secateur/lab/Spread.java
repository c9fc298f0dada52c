package secateur.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The stretch of an axis.
 *
 * @param low where it begins
 * @param high where it ends
 * @param logarithmic whether equal ratios are equally far apart
 */
record Spread(double low, double high, boolean logarithmic) {

  private static final double LABEL = 0.045;

  /** Around {@code values}, with {@code margin} of their range on both sides. */
  static Spread of(double[] values, double margin, boolean logarithmic) {
    double min = Arrays.stream(values).min().orElse(0);
    double max = Arrays.stream(values).max().orElse(1);
    if (logarithmic) {
      return new Spread(min / 1.3, max * 1.3, true);
    }
    double room = margin * Math.max(max - min, 0.1 * max);
    return new Spread(min - room, max + room, false);
  }

  /** Heights near {@code values} at which labels do not overlap. */
  List<Double> apart(double[] values) {
    List<Integer> order = IntStream.range(0, values.length).boxed()
        .sorted(Comparator.comparingDouble(i -> values[i])).toList();
    Double[] heights = new Double[values.length];
    double next = Double.NEGATIVE_INFINITY;
    for (int i : order) {
      double at = Math.max(share(values[i]), next);
      heights[i] = value(at);
      next = at + LABEL;
    }
    return new ArrayList<>(Arrays.asList(heights));
  }

  private double share(double value) {
    return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  private double value(double share) {
    return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
  }
}
