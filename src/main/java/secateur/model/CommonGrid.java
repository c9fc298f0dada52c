package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import secateur.tensor.Scope;

/**
 * The grid that all layers of a model share: what layouts with one entry for the whole model can say.
 *
 * @param bits of a code
 * @param group inputs of a group, -1 for whole rows
 * @param ordered whether the groups of some layer do not lie side by side (GPTQ's act-order)
 * @param symmetric whether every zero lies in the middle, at 2^(bits - 1)
 */
public record CommonGrid(int bits, int group, boolean ordered, boolean symmetric) {

  static final int ROWS = -1;

  /** Refuses what no grid is. */
  public CommonGrid {
    if (bits < 2 || bits > 8) {
      throw new IllegalArgumentException("bits is " + bits + ", it must lie between 2 and 8");
    }
    if (group != ROWS && group < 1) {
      throw new IllegalArgumentException("group_size is " + group + ", it must be positive (or -1 for whole rows)");
    }
  }

  /** The grid of the layers of all blocks; an error names the first that {@code layout} with codes of {@code widths} bits has no place for. */
  static CommonGrid of(Llm model, String layout, Set<Integer> widths) {
    try (Scope scope = new Scope()) {
      return of(quantized(model, layout, widths), layout);
    }
  }

  private static CommonGrid of(Map<String, Quantized> layers, String layout) {
    String first = layers.keySet().iterator().next();
    int bits = layers.get(first).codes().bits();
    boolean rows = layers.values().stream().allMatch(layer -> count(layer) == 1);
    long group = rows ? ROWS : size(layers.get(first));
    layers.forEach((name, layer) -> {
      if (layer.codes().bits() != bits || !rows && size(layer) != group) {
        throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", layer '" + first + "' is " + layers.get(first) + "; "
            + layout + " has one number of bits and one size of groups for all layers");
      }
      checkGroups(name, layer, layout);
    });
    boolean symmetric = layers.values().stream().allMatch(layer -> layer.zero().eq(1 << bits - 1).all().getBoolean());
    return new CommonGrid(bits, Math.toIntExact(group), layers.values().stream().anyMatch(layer -> layer.groups() != null), symmetric);
  }

  private static Map<String, Quantized> quantized(Llm model, String layout, Set<Integer> widths) {
    Map<String, Quantized> layers = new TreeMap<>();
    untransposed(model, layout);
    model.blocks().forEach(block -> block.roles().forEach(role -> {
      String name = block.name(role);
      if (!(block.layer(role) instanceof Quantized layer) || !widths.contains(layer.codes().bits())) {
        throw new IllegalArgumentException("layer '" + name + "' is " + block.layer(role) + "; " + layout + " allows Quantized layers of "
            + widths.stream().sorted().toList() + " bits in all blocks");
      }
      if (layer.zero().getDataType().isFloating()) {
        throw new IllegalArgumentException("layer '" + name + "' is " + layer + " with zeros between its codes (Hqq); " + layout
            + " allows zeros that are codes");
      }
      layers.put(name, layer);
    }));
    return layers;
  }

  /** Refuses families that store their matrices as (in, out), which no packed layout has. */
  static void untransposed(Llm model, String layout) {
    if (model.spec().transposed()) {
      throw new IllegalArgumentException(model.name() + " is of the family " + model.spec().type() + ", whose checkpoints have matrices as (in, out);"
          + " " + layout + " allows linear layers that are stored as (out, in)");
    }
  }

  private static long count(Quantized layer) {
    return layer.scale().getShape().get(1);
  }

  private static long size(Quantized layer) {
    return layer.columns() / count(layer);
  }

  /** Readers take every group to be as large. */
  private static void checkGroups(String name, Quantized layer, String layout) {
    long[] members = new long[(int) count(layer)];
    Optional.ofNullable(layer.groups()).map(NDArray::toLongArray).ifPresent(all -> LongStream.of(all).forEach(group -> members[(int) group]++));
    boolean uneven = layer.groups() != null && LongStream.of(members).distinct().count() > 1;
    if (uneven || layer.columns() % members.length != 0) {
      throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", whose groups have " + LongStream.of(members).min().orElseThrow()
          + " to " + LongStream.of(members).max().orElseThrow() + " inputs; " + layout + " allows groups of one size");
    }
  }

  /** How many groups rows of {@code columns} inputs have. */
  long groups(String module, long columns) {
    if (group != ROWS && columns % group != 0) {
      throw new IllegalArgumentException("layer '" + module + "' has " + columns + " inputs, which groups of " + group + " do not divide");
    }
    return group == ROWS ? 1 : columns / group;
  }

  @Override
  public String toString() {
    return bits + "-bit" + (group == ROWS ? "" : " g" + group) + (symmetric ? " symmetric" : "") + (ordered ? " act-order" : "");
  }
}
