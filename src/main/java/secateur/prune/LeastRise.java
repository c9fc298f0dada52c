package secateur.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Picks one choice for each block, so that enough goes and the sum of the rises is least: dynamic programming, exact. */
final class LeastRise {

  /** Choices for the blocks so far: what they remove beyond what must go, and their rise. */
  private record Partial(long gone, double rise, int choice, Partial before) {}

  private LeastRise() {}

  /**
   * The choice for each block.
   *
   * @param rises (blocks, choices)
   * @param gone (blocks, choices), what a choice removes beyond what must go; a sum of 0 is enough
   * @throws IllegalArgumentException if no choices remove enough
   */
  static int[] choose(double[][] rises, long[][] gone) {
    List<Partial> best = List.of(new Partial(0, 0, -1, null));
    for (int block = 0; block < rises.length; block++) {
      best = undominated(extended(best, rises[block], gone[block]));
    }
    Partial last = best.stream().filter(each -> each.gone() >= 0).min(Comparator.comparingDouble(Partial::rise))
        .orElseThrow(() -> new IllegalArgumentException("no choice of shares removes enough"));
    int[] choices = new int[rises.length];
    for (int block = rises.length - 1; block >= 0; block--) {
      choices[block] = last.choice();
      last = last.before();
    }
    return choices;
  }

  private static List<Partial> extended(List<Partial> all, double[] rises, long[] gone) {
    List<Partial> more = new ArrayList<>();
    for (Partial each : all) {
      for (int choice = 0; choice < rises.length; choice++) {
        more.add(new Partial(each.gone() + gone[choice], each.rise() + rises[choice], choice, each));
      }
    }
    return more;
  }

  /** Those than which no other removes as much with a smaller rise. */
  private static List<Partial> undominated(List<Partial> all) {
    all.sort(Comparator.comparingLong(Partial::gone).reversed().thenComparingDouble(Partial::rise));
    List<Partial> kept = new ArrayList<>();
    for (Partial each : all) {
      if (kept.isEmpty() || each.rise() < kept.get(kept.size() - 1).rise()) {
        kept.add(each);
      }
    }
    return kept;
  }
}
