package secateur.lab;

import java.util.Arrays;

/**
 * The stretch of an axis.
 *
 * @param low where it begins
 * @param high where it ends
 * @param logarithmic whether equal ratios are equally far apart
 */
record Spread(double low, double high, boolean logarithmic) {

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

  /** The same stretch, from 0 at least. */
  Spread positive() {
    return new Spread(Math.max(0, low), high, logarithmic);
  }

  /** Where {@code value} lies on the axis, from 0 to 1. */
  double share(double value) {
    return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  /** What lies at {@code share} of the axis. */
  double value(double share) {
    return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
  }
}
