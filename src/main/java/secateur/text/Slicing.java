package secateur.text;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Where the windows of a tokenized text begin. */
interface Slicing {
  /** Tokens of a window. */
  int length();

  /** Number of windows if it is known before the text is tokenized. */
  OptionalInt count();

  /** Offsets of the windows in a text of so many tokens, or an error that names both numbers if it has too few. */
  int[] starts(int tokens);

  /** What this is, for the protocol; {@code available} windows without overlap, empty before the text is tokenized. */
  String label(OptionalInt available);

  private static void check(int count, int length) {
    if (count < 1 || length < 2) {
      throw new IllegalArgumentException(count + " windows of " + length
          + " tokens asked for; at least 1 window of 2 tokens is needed");
    }
  }

  private static void need(int count, int available, int length) {
    if (count > available) {
      throw new IllegalArgumentException(count + " windows of " + length + " tokens asked for, the text has only "
          + available);
    }
  }

  private static String of(OptionalInt available) {
    return available.isPresent() ? " of " + available.getAsInt() : "";
  }

  /** So many windows, evenly spread over those of {@link All}. */
  record Spread(int windows, int length) implements Slicing {
    public Spread {
      check(windows, length);
    }

    @Override
    public OptionalInt count() {
      return OptionalInt.of(windows);
    }

    @Override
    public int[] starts(int tokens) {
      int available = tokens / length;
      need(windows, available, length);
      return IntStream.range(0, windows).map(i -> (int) ((long) i * available / windows) * length).toArray();
    }

    @Override
    public String label(OptionalInt available) {
      return windows + of(available) + " windows of " + length + ", evenly spread, no overlap";
    }
  }

  /** All windows without overlap; the tail is dropped. */
  record All(int length) implements Slicing {
    public All {
      check(1, length);
    }

    @Override
    public OptionalInt count() {
      return OptionalInt.empty();
    }

    @Override
    public int[] starts(int tokens) {
      need(1, tokens / length, length);
      return IntStream.range(0, tokens / length).map(i -> i * length).toArray();
    }

    @Override
    public String label(OptionalInt available) {
      return "all" + of(available).replace(" of", "") + " windows of " + length + ", no overlap";
    }
  }

  /** So many slices that begin at random offsets below {@code tokens - length}, as in the GPTQ code. */
  record Random(int windows, int length, long seed) implements Slicing {
    public Random {
      check(windows, length);
    }

    @Override
    public OptionalInt count() {
      return OptionalInt.of(windows);
    }

    @Override
    public int[] starts(int tokens) {
      need(1, (tokens - 1) / length, length);
      return new java.util.Random(seed).ints(windows, 0, tokens - length).toArray();
    }

    @Override
    public String label(OptionalInt available) {
      return windows + " random slices of " + length + ", seed " + seed;
    }
  }
}
