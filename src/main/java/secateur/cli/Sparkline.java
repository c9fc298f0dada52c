package secateur.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import secateur.tensor.Curves;

/** A curve in a few characters: ▇▅▃▂▁. */
final class Sparkline {

  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final int LENGTH = 12;

  private Sparkline() {}

  /** A space and the first line of {@code curves}, or nothing while it has fewer than two points. */
  static String of(Curves curves) {
    double[] y = curves == null ? new double[0]
        : curves.lines().stream().findFirst().map(Curves.Line::y).orElse(new double[0]);
    return y.length < 2 ? "" : " " + of(y);
  }

  /** One character for the mean of each twelfth of {@code y}. */
  static String of(double[] y) {
    int length = Math.min(LENGTH, y.length);
    double[] means = IntStream.range(0, length)
        .mapToDouble(i -> Arrays.stream(y, i * y.length / length, (i + 1) * y.length / length).average().orElseThrow()).toArray();
    double low = Arrays.stream(means).min().orElse(0);
    double range = Arrays.stream(means).max().orElse(1) - low;
    return Arrays.stream(means).mapToObj(mean -> level(range == 0 ? 0 : (mean - low) / range)).collect(Collectors.joining());
  }

  private static String level(double share) {
    int at = (int) Math.round(share * (LEVELS.length() - 1));
    return LEVELS.substring(at, at + 1);
  }
}
