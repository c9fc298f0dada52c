package secateur.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One group of a row as AWQ clips and rounds it, by the formulas in float64, with each outcome that float32 may have. A group that
 * is clipped at both ends has its zero, top / 2, in the middle between two codes, and the last bit of the quotient decides; so
 * numbers are divided by a scale a little smaller and by one a little larger.
 *
 * @param weights scaled (g)
 * @param products of the inputs, divided by the scales, (g, g)
 * @param top the largest code
 */
record ClippedGroup(double[] weights, double[][] products, int top) {

  private static final double LAST_BITS = 1e-6; // of a scale
  private static final double SAME = 1e-5; // of an error
  private static final int STEPS = 20;

  /** The weights (g) on their codes, and e H e' for their error e. */
  record Outcome(double[] weights, double error) {}

  /** The outcomes without clipping. */
  List<Outcome> rounded() {
    return within(peak());
  }

  /** The outcomes within the bound, from the peak down to just above half of it, that errs least. */
  List<Outcome> clipped() {
    List<List<Outcome>> bounds = IntStream.range(0, STEPS / 2).mapToObj(i -> within(peak() * (1 - (double) i / STEPS))).toList();
    double least = bounds.stream().mapToDouble(each -> each.stream().mapToDouble(Outcome::error).max().orElseThrow()).min().orElseThrow();
    return bounds.stream().flatMap(List::stream).filter(each -> each.error() <= least * (1 + SAME)).toList();
  }

  private double peak() {
    return Arrays.stream(weights).map(Math::abs).max().orElseThrow();
  }

  private List<Outcome> within(double bound) {
    double[] w = Arrays.stream(weights).map(each -> Math.max(-bound, Math.min(bound, each))).toArray();
    double low = Math.min(0, Arrays.stream(w).min().orElseThrow());
    double scale = (Math.max(0, Arrays.stream(w).max().orElseThrow()) - low) / top;
    return DoubleStream.of(scale * (1 - LAST_BITS), scale * (1 + LAST_BITS)).mapToObj(divisor -> {
      double zero = Math.rint(-low / divisor);
      double[] made = Arrays.stream(w).map(each -> scale * (Math.max(0, Math.min(top, Math.rint(each / divisor) + zero)) - zero)).toArray();
      return new Outcome(made, error(made));
    }).toList();
  }

  private double error(double[] made) {
    return IntStream.range(0, made.length).mapToDouble(i -> IntStream.range(0, made.length)
        .mapToDouble(j -> (made[i] - weights[i]) * products[i][j] * (made[j] - weights[j])).sum()).sum();
  }
}
