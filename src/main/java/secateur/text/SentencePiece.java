package secateur.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SentencePiece's BPE (Kudo and Richardson 2018), which merges any two neighbours whose joint text is a token, the one
 * with the highest score first; and the list of merges of a {@code tokenizer.json}, which says the same.
 */
final class SentencePiece {
  /** What stands for a space. */
  static final String SPACE = "\u2581";
  /** Tokens of more characters are merged by no rule: a limit on the work that a file can ask for. */
  private static final int LONGEST = 256;

  /** Two tokens by text, and the token that they make. */
  record Merge(String left, String right, int id) {}

  private SentencePiece() {}

  /** 0, -1, -2, … for tokens in the order in which merges first make them, and one less than the last for all others. */
  static float[] scores(List<String> tokens, List<Merge> merges) {
    var ranks = new LinkedHashMap<Integer, Integer>();
    merges.forEach(merge -> ranks.putIfAbsent(merge.id(), ranks.size()));
    float[] scores = new float[tokens.size()];
    Arrays.fill(scores, -ranks.size());
    ranks.forEach((id, rank) -> scores[id] = -rank);
    return scores;
  }

  /** All splits of normal tokens into two tokens, highest score first, then the smaller ids. */
  static List<Merge> merges(List<String> tokens, float[] scores, TokenType[] types) {
    Map<String, Integer> ids = ids(tokens);
    var merges = new ArrayList<Merge>();
    for (int id = 0; id < tokens.size(); id++) {
      String text = tokens.get(id);
      for (int cut = 1; types[id] == TokenType.NORMAL && ids.get(text) == id && text.length() <= LONGEST && cut < text.length(); cut++) {
        if (ids.containsKey(text.substring(0, cut)) && ids.containsKey(text.substring(cut))) {
          merges.add(new Merge(text.substring(0, cut), text.substring(cut), id));
        }
      }
    }
    merges.sort(Comparator.<Merge>comparingDouble(merge -> -scores[merge.id()]).thenComparingInt(Merge::id)
        .thenComparingInt(merge -> ids.get(merge.left())).thenComparingInt(merge -> ids.get(merge.right())));
    return merges;
  }

  /** Id by text; of equal texts the first. */
  static Map<String, Integer> ids(List<String> tokens) {
    var ids = new LinkedHashMap<String, Integer>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.putIfAbsent(tokens.get(id), id);
    }
    return ids;
  }
}
