package secateur.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that someone may have meant. */
final class Nearest {

  private static final int MOST = 3;

  private Nearest() {}

  /** The names nearest to the one typed, nearest first; none that is too far. */
  static List<String> to(String typed, Collection<String> names) {
    int limit = typed.length() < 2 ? 0 : Math.max(1, typed.length() / 3);
    return names.stream().filter(name -> distance(typed, name) <= limit || typed.length() > 2 && name.startsWith(typed))
        .sorted(Comparator.comparingInt(name -> distance(typed, name))).limit(MOST).toList();
  }

  /** Levenshtein's distance, in which two letters changed for one another count once. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : nearest(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int nearest(String a, String b, int[][] d, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    int change = d[i - 1][j - 1] + (same ? 0 : 1);
    int step = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    return swapped ? Math.min(step, d[i - 2][j - 2] + 1) : step;
  }
}
