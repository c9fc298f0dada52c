package secateur.spec;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** Ascending numbers as text: {@code "0-3,7"}. */
final class Ranges {

  private Ranges() {}

  static String write(int[] numbers) {
    StringJoiner ranges = new StringJoiner(",");
    for (int i = 0, last; i < numbers.length; i = last + 1) {
      last = i;
      while (last + 1 < numbers.length && numbers[last + 1] == numbers[last] + 1) {
        last++;
      }
      ranges.add(last == i ? "" + numbers[i] : numbers[i] + "-" + numbers[last]);
    }
    return ranges.toString();
  }

  /** An error where {@code text} is anything else than ascending numbers below {@code end}. */
  static int[] read(String text, int end) {
    if (!text.matches("\\d{1,9}(-\\d{1,9})?(,\\d{1,9}(-\\d{1,9})?)*")) {
      throw refused(text, end);
    }
    int[] numbers = Arrays.stream(text.split(",")).flatMapToInt(range -> range(range, text, end)).toArray();
    if (IntStream.range(1, numbers.length).anyMatch(i -> numbers[i] <= numbers[i - 1])) {
      throw refused(text, end);
    }
    return numbers;
  }

  private static IntStream range(String range, String text, int end) {
    int[] ends = Arrays.stream(range.split("-")).mapToInt(Integer::parseInt).toArray();
    if (ends[ends.length - 1] >= end) {
      throw refused(text, end);
    }
    return IntStream.rangeClosed(ends[0], ends[ends.length - 1]);
  }

  private static IllegalArgumentException refused(String text, int end) {
    return new IllegalArgumentException("config.json: secateur says '" + text + "', ascending numbers from 0 to " + (end - 1)
        + " such as 0-3,7 are needed");
  }
}
