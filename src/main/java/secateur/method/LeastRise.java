package secateur.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Picks one choice for each part of a model, so that enough goes and the sum of the rises in loss is least: dynamic programming, exact. */
public final class LeastRise {

  /** Choices for the parts so far. */
  private record Partial(long gone, double rise, int choice, Partial before) {}

  /** Than {@code parts} choices that remove {@code gone} there are none that remove as much with a smaller sum than {@code rise}. */
  public static final class Best {

    private final Partial last;
    private final int parts;

    private Best(Partial last, int parts) {
      this.last = last;
      this.parts = parts;
    }

    /** What goes. */
    public long gone() {
      return last.gone();
    }

    /** The sum of the rises. */
    public double rise() {
      return last.rise();
    }

    /** The choice for each part. */
    public int[] choices() {
      int[] choices = new int[parts];
      Partial at = last;
      for (int part = parts - 1; part >= 0; part--) {
        choices[part] = at.choice();
        at = at.before();
      }
      return choices;
    }
  }

  private LeastRise() {}

  /**
   * The choice for each part.
   *
   * @param rises (parts, choices)
   * @param gone (parts, choices), what a choice removes beyond what must go; a sum of 0 is enough
   * @throws IllegalArgumentException if no choices remove enough
   */
  public static int[] choose(double[][] rises, long[][] gone) {
    return frontier(rises, gone).stream().filter(each -> each.gone() >= 0).min(Comparator.comparingDouble(Best::rise))
        .orElseThrow(() -> new IllegalArgumentException("no choice of shares removes enough")).choices();
  }

  /** All that no other beats in both, from what removes most to what rises least; arguments as of {@link #choose}. */
  public static List<Best> frontier(double[][] rises, long[][] gone) {
    List<Partial> best = List.of(new Partial(0, 0, -1, null));
    for (int part = 0; part < rises.length; part++) {
      best = undominated(extended(best, rises[part], gone[part]));
    }
    return best.stream().map(each -> new Best(each, rises.length)).toList();
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
