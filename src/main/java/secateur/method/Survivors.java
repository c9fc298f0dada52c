package secateur.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import secateur.spec.Part;

/** Which groups stay, by their scores; in every block at least one of each part. */
final class Survivors {

  /** One group that competes. */
  private record Candidate(Part part, GroupScores.Row row, int group) {

    double value() {
      return row.scores()[group] / row.weights();
    }
  }

  private final GroupScores scores;
  private final Width width;
  private final int blocks;

  Survivors(GroupScores scores, Width width, int blocks) {
    this.scores = scores;
    this.width = width;
    this.blocks = blocks;
  }

  /** By part, for each block the groups that stay, ascending. */
  Map<Part, List<int[]>> find() {
    Map<Part, int[]> left = width.ranking() == Width.Ranking.LOCAL ? local() : global();
    Map<Part, List<int[]>> kept = new EnumMap<>(Part.class);
    scores.parts().forEach((part, rows) ->
        kept.put(part, rows.stream().map(row -> best(row, rounded(part, row, left.get(part)[row.block()]))).toList()));
    return kept;
  }

  /** How many stay of each part in each block, when every block loses the same share. */
  private Map<Part, int[]> local() {
    Map<Part, int[]> left = all();
    for (Candidate each : firsts()) {
      int count = each.row().scores().length;
      left.get(each.part())[each.row().block()] = Math.max(1, count - (int) Math.round(count * width.share()));
    }
    return left;
  }

  /** How many stay when those with the least importance for each weight go first, wherever they are. */
  private Map<Part, int[]> global() {
    Map<Part, int[]> left = all();
    List<Candidate> candidates = new ArrayList<>();
    firsts().forEach(first -> IntStream.range(0, first.row().scores().length)
        .forEach(group -> candidates.add(new Candidate(first.part(), first.row(), group))));
    double excess = width.share() * candidates.stream().mapToDouble(each -> each.row().weights()).sum();
    candidates.sort(Comparator.comparingDouble(Candidate::value));
    for (Candidate each : candidates) {
      int[] counts = left.get(each.part());
      if (excess >= each.row().weights() / 2.0 && counts[each.row().block()] > 1) {
        counts[each.row().block()]--;
        excess -= each.row().weights();
      }
    }
    return left;
  }

  private Map<Part, int[]> all() {
    Map<Part, int[]> all = new EnumMap<>(Part.class);
    scores.parts().forEach((part, rows) -> all.put(part, rows.stream().mapToInt(row -> row.scores().length).toArray()));
    return all;
  }

  /** The first group of every row that may lose some. */
  private List<Candidate> firsts() {
    List<Candidate> firsts = new ArrayList<>();
    scores.parts().forEach((part, rows) -> rows.stream().filter(row -> width.protection().open(row.block(), blocks))
        .forEach(row -> firsts.add(new Candidate(part, row, 0))));
    return firsts;
  }

  private int rounded(Part part, GroupScores.Row row, int left) {
    int up = Math.floorDiv(left + width.multiple() - 1, width.multiple()) * width.multiple();
    return part == Part.HEADS ? left : Math.min(up, row.scores().length);
  }

  /** The {@code count} groups of {@code row} with the highest scores, ascending; of equal ones the first. */
  private static int[] best(GroupScores.Row row, int count) {
    return IntStream.range(0, row.scores().length).boxed()
        .sorted(Comparator.comparingDouble((Integer group) -> row.scores()[group]).reversed()).limit(count)
        .mapToInt(Integer::intValue).sorted().toArray();
  }
}
