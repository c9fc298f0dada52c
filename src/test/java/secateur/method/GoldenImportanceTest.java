package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.BlockInfluence;
import secateur.model.Block;
import secateur.model.Cut;
import secateur.model.Groups;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Scope;

/** Importance equals what PyTorch's autograd and hooks give on the same models. */
class GoldenImportanceTest {

  private static final Map<String, Taylor> TAYLORS = Map.of(
      "first", Taylor.FIRST.samples(2, 48), "second", Taylor.FIRST.second().samples(2, 48),
      "mixed", Taylor.FIRST.mixed().samples(2, 48), "vector", Taylor.FIRST.vector().samples(2, 48));

  static List<String> models() {
    return Golden.models();
  }

  /** To 1e-4 of each vector's largest entry: single entries are sums that cancel. */
  @ParameterizedTest
  @MethodSource("models")
  void taylor(String name) {
    String file = "importance/" + name + ".safetensors";
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      TAYLORS.forEach((kind, taylor) -> {
        try (Importance.Units units = taylor.of(model, Golden.windows(name))) {
          for (Block block : model.blocks()) {
            for (Role role : block.roles()) {
              for (boolean outputs : new boolean[] {true, false}) {
                NDArray expected = Golden.tensor(file, kind + "/" + block.name(role) + (outputs ? ".rows" : ".columns"));
                NDArray unit = units.of(new Groups.Member(block.name(role), role, outputs, new long[0][]));
                double largest = expected.abs().max().getFloat();
                assertThat(Golden.difference(unit, expected) / largest).as("%s of %s", kind, block.name(role)).isLessThan(1e-4);
              }
            }
          }
        }
      });
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void blockInfluence(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      float[] expected = Golden.tensor("importance/influence.safetensors", name).toFloatArray();
      double[] influence = BlockInfluence.of(model, Golden.windows(name));
      for (int i = 0; i < expected.length; i++) {
        assertThat(influence[i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "gpt2", "bloom", "falcon"})
  void activations(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope();
        Importance.Units units = Importance.activation().of(model, Golden.windows(name))) {
      for (Block block : model.blocks()) {
        NDArray neurons = Golden.tensor("importance/activation.safetensors", name + "/" + block.index() + ".neurons");
        assertThat(Golden.difference(units.of(Groups.of(block, Part.NEURONS)), neurons)).isLessThan(1e-4);
        NDArray heads = Golden.tensor("importance/activation.safetensors", name + "/" + block.index() + ".heads");
        Groups groups = Groups.of(block, Part.HEADS);
        assertThat(Golden.difference(units.of(groups), heads.reshape(groups.count(), -1).sum(new int[] {1}))).isLessThan(1e-3);
      }
    }
  }

  static Stream<String> zeroed() {
    return Stream.of("llama", "mistral", "qwen2", "qwen3", "gpt2", "opt", "bloom", "falcon", "gpt_neox");
  }

  @ParameterizedTest
  @MethodSource("zeroed")
  void whatIsCutTransformersZeroed(String name) {
    try (Llm model = Golden.model(name)) {
      equal(name, "neurons", model, Part.NEURONS, List.of(without(model, 0, Part.NEURONS, 1, 5, 7), without(model, 1, Part.NEURONS, 0, 2)));
      equal(name, "heads", model, Part.HEADS, List.of(without(model, 0, Part.HEADS, 1), without(model, 1, Part.HEADS)));
    }
  }

  private static int[] without(Llm model, int block, Part part, Integer... gone) {
    return java.util.stream.IntStream.range(0, Groups.of(model.blocks().get(block), part).count())
        .filter(group -> !List.of(gone).contains(group)).toArray();
  }

  private static void equal(String name, String tensor, Llm model, Part part, List<int[]> kept) {
    try (Llm cut = Cut.groups(model, part, kept); Scope scope = new Scope()) {
      NDArray logits = cut.forward(cut.ids(new long[][] {Golden.ids(name)[0]})).get("0, -4:");
      assertThat(Golden.difference(logits, Golden.tensor("structured/" + name + ".safetensors", tensor))).as(tensor).isLessThan(1e-4);
    }
  }

  /** The importance of every unit, by another way: the sum over the weights themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "falcon_40b"})
  void groupsSumTheirWeights(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope(); Importance.Units units = Importance.l1().of(model, null)) {
      Block block = model.blocks().get(1);
      float[] scores = units.of(Groups.of(block, Part.NEURONS)).toFloatArray();
      float sum = 0;
      for (Role role : List.of(Role.GATE, Role.UP, Role.DOWN)) {
        Linear layer = block.layer(role);
        sum += layer == null ? 0 : (role == Role.DOWN ? layer.weight().get(":, 3") : layer.weight().get(3)).abs().sum().getFloat();
      }
      assertThat(scores[3]).isCloseTo(sum, within(1e-3f));
    }
  }
}
