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
    int limit = Math.max(2, typed.length() / 3);
    return names.stream().filter(name -> distance(typed, name) <= limit || name.startsWith(typed))
        .sorted(Comparator.comparingInt(name -> distance(typed, name))).limit(MOST).toList();
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
