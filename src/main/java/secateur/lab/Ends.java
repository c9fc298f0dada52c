package secateur.lab;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What is shown of many things: all of them, or as many from both ends.
 *
 * @param size how many there are
 * @param whole how many are shown before any is left out
 * @param each how many of each end stay then
 */
record Ends(int size, int whole, int each) {

  /** {@code 1,000 rows} of the size and {@code row}. */
  String counted(String one) {
    return String.format(Locale.ROOT, "%,d ", size) + one + (size == 1 ? "" : "s");
  }

  boolean isCut() {
    return size > whole;
  }

  /** The first ones; all if none is left out. */
  IntStream head() {
    return IntStream.range(0, isCut() ? each : size);
  }

  /** The last ones; none if none is left out. */
  IntStream tail() {
    return IntStream.range(isCut() ? size - each : size, size);
  }
}
