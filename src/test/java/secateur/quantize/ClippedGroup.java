package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import secateur.method.Grid;

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

  /** The groups of each row of {@code w} (out, in) with mean products {@code h} (in, in). */
  static List<List<ClippedGroup>> of(double[][] w, double[][] h, Grid grid) {
    return Arrays.stream(w).map(row -> IntStream.range(0, grid.groups(h.length)).mapToObj(group -> {
      double[][] products = Arrays.stream(part(h, group, grid.size())).map(each -> part(each, group, grid.size())).toArray(double[][]::new);
      return new ClippedGroup(part(row, group, grid.size()), products, (1 << grid.bits()) - 1);
    }).toList()).toList();
  }

  /** That every group of {@code made} (out, in) is the only one of its {@code outcomes}, or one of those that the last bits choose between. */
  static void assertAmong(Function<ClippedGroup, List<Outcome>> outcomes, List<List<ClippedGroup>> given, double[][] made) {
    for (int row = 0; row < made.length; row++) {
      for (int group = 0; group < given.get(row).size(); group++) {
        ClippedGroup one = given.get(row).get(group);
        double[] part = part(made[row], group, one.weights.length);
        assertThat(outcomes.apply(one)).as("row %d, group %d", row, group)
            .anySatisfy(outcome -> assertThat(outcome.weights()).containsExactly(part, within(1e-5)));
      }
    }
  }

  private static double[] part(double[] row, int group, int size) {
    return Arrays.copyOfRange(row, group * size, (group + 1) * size);
  }

  private static double[][] part(double[][] rows, int group, int size) {
    return Arrays.copyOfRange(rows, group * size, (group + 1) * size);
  }

  /** The outcomes without clipping. */
  List<Outcome> rounded() {
    return inside(peak());
  }

  /** The outcomes within the bound, from the peak down to just above half of it, that errs least. */
  List<Outcome> clipped() {
    List<List<Outcome>> bounds = IntStream.range(0, STEPS / 2).mapToObj(i -> inside(peak() * (1 - (double) i / STEPS))).toList();
    double least = bounds.stream().mapToDouble(each -> each.stream().mapToDouble(Outcome::error).max().orElseThrow()).min().orElseThrow();
    return bounds.stream().flatMap(List::stream).filter(each -> each.error() <= least * (1 + SAME)).toList();
  }

  private double peak() {
    return Arrays.stream(weights).map(Math::abs).max().orElseThrow();
  }

  private List<Outcome> inside(double bound) {
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
    double[] e = IntStream.range(0, made.length).mapToDouble(i -> made[i] - weights[i]).toArray();
    double sum = 0;
    for (int i = 0; i < e.length; i++) {
      for (int j = 0; j < e.length; j++) {
        sum += e[i] * products[i][j] * e[j];
      }
    }
    return sum;
  }
}
