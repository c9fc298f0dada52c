package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import secateur.spec.Part;
import secateur.spec.Remains;
import secateur.spec.Spec;
import secateur.tensor.Scope;
import secateur.tensor.Select;

/**
 * Models with parts cut out: their matrices are smaller. What stays has the values that it had, so that the result computes
 * what the whole would with the same parts zeroed. The configuration notes what is left, for {@link Llm#load} to read.
 */
public final class Cut {

  private Cut() {}

  /** {@code model} with the groups {@code kept}, by part and block as in {@link #groups(Llm, Part, List)}. */
  public static Llm groups(Llm model, Map<Part, List<int[]>> kept) {
    Llm made = model.share();
    for (Map.Entry<Part, List<int[]>> each : kept.entrySet()) {
      try (Llm before = made) {
        made = groups(before, each.getKey(), each.getValue());
      }
    }
    return made;
  }

  /** {@code model} with the groups {@code kept} of {@code part} in each of its blocks, ascending, at least one each. */
  public static Llm groups(Llm model, Part part, List<int[]> kept) {
    try (Scope scope = new Scope()) {
      Remains remains = model.spec().remains();
      boolean[] whole = new boolean[kept.size()];
      for (Block block : model.blocks()) {
        int count = Groups.of(block, part).count();
        int[] left = checked(part.label() + " of block " + block.index(), kept.get(block.index()), count);
        whole[block.index()] = left.length == count;
        remains = whole[block.index()] ? remains : remains.keep(block.index(), part, left, count);
      }
      Spec less = model.spec().with(remains);
      List<Block> blocks = model.blocks().stream().map(block -> whole[block.index()] ? block.in(less, block.index())
          : block.keep(less, part, kept.get(block.index()))).toList();
      return model.with(less, model.ends(), blocks);
    }
  }

  /** {@code model} with the blocks {@code kept}, ascending, at least one. */
  public static Llm blocks(Llm model, int[] kept) {
    Spec less = model.spec().keepBlocks(checked("blocks", kept, model.blocks().size()));
    List<Block> blocks = new ArrayList<>();
    for (int at = 0; at < kept.length; at++) {
      blocks.add(model.blocks().get(kept[at]).in(less, at));
    }
    return model.with(less, model.ends(), blocks);
  }

  /** {@code model} with the channels {@code kept} of its residual stream, ascending, at least one. */
  public static Llm channels(Llm model, int[] kept) {
    try (Scope scope = new Scope()) {
      Spec less = model.spec().channels(checked("channels", kept, model.spec().sizes().hidden()));
      NDArray places = Select.places(Arrays.stream(kept).asLongStream().toArray());
      List<Block> blocks = model.blocks().stream().map(block -> block.keepChannels(less, places)).toList();
      return model.with(less, model.ends().keepChannels(places), blocks);
    }
  }

  private static int[] checked(String what, int[] kept, int count) {
    boolean ascending = IntStream.range(1, kept.length).allMatch(i -> kept[i - 1] < kept[i]);
    if (kept.length == 0 || !ascending || kept[0] < 0 || kept[kept.length - 1] >= count) {
      throw new IllegalArgumentException(
          "kept " + what + " are " + Arrays.toString(kept) + "; at least one is needed, ascending, from 0 to " + (count - 1));
    }
    return kept;
  }
}
