package secateur.lab;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Fewer points for the same picture: of equal stretches, the lowest and the highest point stay. */
final class Thinning {

  private Thinning() {}

  /** The indices, in order, of at most {@code most} of the points {@code y}, the first and the last among them. */
  static int[] kept(double[] y, int most) {
    if (y.length <= most) {
      return IntStream.range(0, y.length).toArray();
    }
    int stretches = (most - 2) / 2;
    int inner = y.length - 2;
    IntStream extremes = IntStream.range(0, stretches).flatMap(i ->
        extremes(y, 1 + (int) ((long) i * inner / stretches), 1 + (int) ((long) (i + 1) * inner / stretches)));
    return IntStream.concat(IntStream.of(0, y.length - 1), extremes).sorted().distinct().toArray();
  }

  /** The values of {@code all} at {@code indices}. */
  static double[] at(int[] indices, double[] all) {
    return Arrays.stream(indices).mapToDouble(i -> all[i]).toArray();
  }

  private static IntStream extremes(double[] y, int from, int to) {
    int low = from;
    int high = from;
    for (int i = from; i < to; i++) {
      low = Double.isNaN(y[low]) || y[i] < y[low] ? i : low;
      high = Double.isNaN(y[high]) || y[i] > y[high] ? i : high;
    }
    return IntStream.of(low, high);
  }
}
