package secateur.train;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A random order of 0 … n - 1 (Fisher and Yates). */
final class Shuffle {

  private Shuffle() {}

  static int[] of(int n, SplittableRandom random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
