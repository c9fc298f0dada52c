package secateur.prune;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import secateur.model.Llm;

/** What each block of a model loses, as shares from 0 to 1. */
final class Shares {

  private Shares() {}

  /** Refuses what is no share. */
  static void check(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("sparsity is " + share + ", it must lie between 0 and 1");
    }
  }

  /** How many weights each block of {@code model} has. */
  static long[] weights(Llm model) {
    return model.blocks().stream()
        .mapToLong(block -> block.roles().stream().mapToLong(role -> block.layer(role).size()).sum()).toArray();
  }

  /** The mean of {@code values} of blocks, over their {@code weights}. */
  static double mean(double[] values, long[] weights) {
    double sum = IntStream.range(0, values.length).mapToDouble(b -> values[b] * weights[b]).sum();
    return sum / Arrays.stream(weights).sum();
  }

  /** {@code shares 47.2%, 52.8%}. */
  static String text(double[] shares) {
    return Arrays.stream(shares).mapToObj(share -> String.format(Locale.ROOT, "%.1f%%", 100 * share))
        .collect(Collectors.joining(", ", "shares ", ""));
  }
}
