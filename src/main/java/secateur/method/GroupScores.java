package secateur.method;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import secateur.model.Block;
import secateur.model.Groups;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.tensor.Scope;

/**
 * How much every group of every block matters.
 *
 * @param parts by part, a row for each block
 */
public record GroupScores(Map<Part, List<Row>> parts) {

  /**
   * The groups of one part of one block.
   *
   * @param block its index
   * @param weights of one group, in all layers that it belongs to
   * @param scores by group
   */
  public record Row(int block, long weights, float[] scores) {}

  /** Of {@code parts} of {@code model}; an error where a score is not a number. */
  static GroupScores of(Llm model, Set<Part> parts, Importance.Units units) {
    Map<Part, List<Row>> rows = new EnumMap<>(Part.class);
    for (Part part : parts) {
      List<Row> each = new ArrayList<>();
      model.blocks().forEach(block -> each.add(row(block, part, units)));
      rows.put(part, each);
    }
    return new GroupScores(rows);
  }

  private static Row row(Block block, Part part, Importance.Units units) {
    try (Scope scope = new Scope()) {
      Groups groups = Groups.of(block, part);
      float[] scores = units.of(groups).toFloatArray();
      for (float score : scores) {
        if (!Float.isFinite(score)) {
          throw new IllegalArgumentException("the importance of " + part.label() + " in block " + block.index() + " is " + score
              + "; are the weights and the calibration text in order?");
        }
      }
      return new Row(block.index(), groups.weights(block), scores);
    }
  }

  /** By part, the groups of each block that stay when {@code width} says how many go, ascending; at least one each. */
  public Map<Part, List<int[]>> survivors(Width width) {
    int blocks = parts.values().iterator().next().size();
    return new Survivors(this, width, blocks).find();
  }

  /** The rows of {@code part}, by block. */
  public List<Row> of(Part part) {
    return parts.get(part);
  }
}
