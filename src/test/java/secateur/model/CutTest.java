package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.measure.Flops;
import secateur.measure.Size;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Scope;

/** Cutting groups out gives what zeroing them gives, in every architecture. */
class CutTest {

  private static final double LOGITS = 1e-4;

  @TempDir
  Path folder;

  static Stream<Arguments> partsOfModels() {
    return Golden.models().stream().flatMap(name -> Stream.of(Part.values()).map(part -> Arguments.of(name, part)));
  }

  private static NDArray logits(Llm model, String name) {
    return model.forward(model.ids(Golden.ids(name)));
  }

  private static List<int[]> all(Llm model, Part part) {
    return model.blocks().stream().map(block -> IntStream.range(0, Groups.of(block, part).count()).toArray()).toList();
  }

  /** About half of the groups of each block, another half in each; never none. */
  private static List<int[]> some(Llm model, Part part, long seed) {
    Random random = new Random(seed);
    return all(model, part).stream().map(groups -> {
      int[] some = Arrays.stream(groups).filter(group -> random.nextBoolean()).toArray();
      return some.length == 0 ? new int[] {groups[groups.length - 1]} : some;
    }).toList();
  }

  /** {@code model} with zeros for the inputs of o or down that belong to groups not in {@code kept}. */
  private static Llm zeroed(Llm model, Part part, List<int[]> kept) {
    Role role = part == Part.HEADS ? Role.O : Role.DOWN;
    List<Block> blocks = new ArrayList<>();
    for (Block block : model.blocks()) {
      Linear layer = block.layer(role);
      int count = Groups.of(block, part).count();
      long width = layer.columns() / count;
      float[] mask = new float[(int) layer.columns()];
      for (int group : kept.get(block.index())) {
        Arrays.fill(mask, (int) (group * width), (int) ((group + 1) * width), 1);
      }
      NDArray zeros = layer.weight().mul(layer.weight().getManager().create(mask));
      Map<Role, Linear> changed = new EnumMap<>(Role.class);
      changed.put(role, layer.withWeight(zeros));
      blocks.add(block.with(changed));
    }
    return model.with(blocks);
  }

  @ParameterizedTest
  @MethodSource("partsOfModels")
  void nothingRemovedChangesNothing(String name, Part part) {
    try (Llm model = Golden.model(name); Llm cut = Cut.groups(model, part, all(model, part)); Scope scope = new Scope()) {
      assertThat(logits(cut, name).toFloatArray()).isEqualTo(logits(model, name).toFloatArray());
      assertThat(cut.spec().config()).isEqualTo(model.spec().config().deepCopy());
    }
  }

  @ParameterizedTest
  @MethodSource("partsOfModels")
  void removedIsZeroed(String name, Part part) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      for (long seed = 1; seed <= 3; seed++) {
        List<int[]> kept = some(model, part, seed);
        try (Llm cut = Cut.groups(model, part, kept); Llm zeroed = zeroed(model, part, kept)) {
          assertThat(Golden.difference(logits(cut, name), logits(zeroed, name))).isLessThan(LOGITS);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void everythingReallyIsSmaller(String name) {
    try (Llm model = Golden.model(name); Llm cut = Cut.groups(model, Part.NEURONS, some(model, Part.NEURONS, 1)); Scope scope = new Scope()) {
      Size before = Size.of(model);
      Size after = Size.of(cut);
      assertThat(after.parameters()).isLessThan(before.parameters());
      assertThat(after.memory()).isLessThan(before.memory());
      assertThat(after.disk()).isLessThan(before.disk());
      assertThat(Flops.of(cut, after, 48).executed()).isLessThan(Flops.of(model, before, 48).executed());
      assertThat(after.sparsity()).isLessThan(0.01);
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void cutTwiceSavedAndLoadedAgain(String name) {
    try (Llm model = Golden.model(name);
        Llm once = Cut.groups(model, Part.HEADS, some(model, Part.HEADS, 4));
        Llm both = Cut.groups(once, Part.NEURONS, some(once, Part.NEURONS, 5));
        Llm twice = Cut.groups(both, Part.NEURONS, some(both, Part.NEURONS, 6));
        Llm cut = Cut.blocks(twice, new int[] {1})) {
      HuggingFace.save(cut, folder);
      try (Llm loaded = Llm.load(folder.toString()); Scope scope = new Scope()) {
        assertThat(logits(loaded, name).toFloatArray()).isEqualTo(logits(cut, name).toFloatArray());
        assertThat(loaded.spec().config().get("secateur")).isEqualTo(cut.spec().config().get("secateur"));
        assertThat(loaded.spec().published()).isEqualTo(cut.spec().published());
        try (Llm again = Cut.groups(loaded, Part.HEADS, some(loaded, Part.HEADS, 7)); Llm without = Cut.groups(cut, Part.HEADS, some(cut, Part.HEADS, 7))) {
          assertThat(logits(again, name).toFloatArray()).isEqualTo(logits(without, name).toFloatArray());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void blocksThatStayComputeWhatTheyDid(String name) {
    try (Llm model = Golden.model(name); Llm cut = Cut.blocks(model, new int[] {1}); Scope scope = new Scope()) {
      long[][] ids = Golden.ids(name);
      NDArray x = model.embed(model.ids(ids));
      NDArray y = model.blocks().get(1).forward(x, model.pass(ids[0].length), Tap.NONE);
      assertThat(logits(cut, name).toFloatArray()).isEqualTo(model.head(y).toFloatArray());
      assertThat(cut.layers().keySet()).allMatch(layer -> layer.startsWith("0."));
    }
  }

  @ParameterizedTest
  @MethodSource("partsOfModels")
  void generationWithTheCacheGoesOn(String name, Part part) {
    try (Llm model = Golden.model(name); Llm cut = Cut.groups(model, part, some(model, part, 8)); Session session = new Session(cut)) {
      long[] ids = Golden.ids(name)[1];
      session.feed(Arrays.copyOf(ids, 5));
      float[] last = session.feed(Arrays.copyOfRange(ids, 5, 20));
      assertThat(last).containsExactly(cut.logits(Arrays.copyOf(ids, 20))[19], org.assertj.core.data.Offset.offset(1e-4f));
    }
  }

  @Test
  void quantizedLayersLoseGroupsToo() {
    try (Llm model = Golden.model("qwen2"); Llm rounded = new secateur.quantize.Rtn(4).group(4).apply(model, Golden.windows("qwen2"));
        Scope scope = new Scope()) {
      for (Part part : Part.values()) {
        List<int[]> kept = some(rounded, part, 9);
        try (Llm cut = Cut.groups(rounded, part, kept); Llm zeroed = zeroed(rounded, part, kept)) {
          assertThat(cut.layers().values()).allMatch(Quantized.class::isInstance);
          assertThat(Golden.difference(logits(cut, "qwen2"), logits(zeroed, "qwen2"))).isLessThan(LOGITS);
        }
      }
    }
  }

  @Test
  void whatIsKeptMustBeThere() {
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> Cut.blocks(model, new int[] {0, 2})).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("blocks", "[0, 2]", "0 to 1");
      assertThatThrownBy(() -> Cut.blocks(model, new int[0])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least one");
      assertThatThrownBy(() -> Cut.channels(model, new int[] {3, 3})).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ascending");
    }
  }

  /** Norms over fewer channels see another mean square, but for RMS norms their growth makes up for it. */
  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void channels(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      int hidden = model.spec().sizes().hidden();
      int[] kept = IntStream.range(0, hidden).filter(i -> i % 3 != 1).toArray();
      try (Llm cut = Cut.channels(model, kept); Llm zeroed = WithoutChannels.of(model, kept)) {
        assertThat(cut.spec().sizes().hidden()).isEqualTo(kept.length);
        assertThat(logits(cut, name).getShape()).isEqualTo(logits(model, name).getShape());
        if (WithoutChannels.isExact(model)) {
          assertThat(Golden.difference(logits(cut, name), logits(zeroed, name))).isLessThan(LOGITS);
        }
        HuggingFace.save(cut, folder);
        try (Llm loaded = Llm.load(folder.toString())) {
          assertThat(logits(loaded, name).toType(DataType.FLOAT32, false).toFloatArray()).isEqualTo(logits(cut, name).toFloatArray());
        }
      }
    }
  }
}
