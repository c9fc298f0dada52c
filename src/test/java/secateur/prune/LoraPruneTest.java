package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Adapted;
import secateur.model.Block;
import secateur.model.Groups;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

class LoraPruneTest {

  private static final String GOLDEN = "lora/loraprune.safetensors";

  @TempDir
  Path folder;

  /** I of every layer, by PyTorch's autograd; to 1e-4 of the largest of each vector. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2"})
  void importanceOfPyTorch(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope(); Llm open = adapted(model, name)) {
      Gradients.add(() -> open.loss(open.ids(Golden.ids(name))).mean());
      for (Block block : open.blocks()) {
        for (Role role : block.roles()) {
          for (boolean outputs : new boolean[] {true, false}) {
            NDArray unit = LoraImportance.of(open, new Groups.Member(block.name(role), role, outputs, new long[0][]));
            NDArray expected = golden(name, block.name(role), outputs ? "rows" : "columns");
            assertThat(Golden.difference(unit, expected) / expected.max().getFloat()).as(block.name(role)).isLessThan(1e-4);
          }
        }
      }
    }
  }

  private static NDArray golden(String model, String layer, String what) {
    return Golden.tensor(GOLDEN, model + "/" + layer + "." + what);
  }

  private static Llm adapted(Llm model, String name) {
    return model.with(model.blocks().stream().map(block -> {
      Map<Role, Linear> layers = new EnumMap<>(Role.class);
      block.roles().forEach(role -> layers.put(role, new Adapted(block.layer(role), Gradients.trainable(golden(name, block.name(role), "A")),
          Gradients.trainable(golden(name, block.name(role), "B")), 2)));
      return block.with(layers);
    }).toList());
  }

  @Test
  void theShareGrowsAlongACubic() {
    Cubic cubic = new Cubic(0.5, 100);
    assertThat(IntStream.range(0, 100).filter(cubic::due).toArray()).startsWith(10).endsWith(89).hasSizeGreaterThan(8);
    assertThat(cubic.at(5)).isZero();
    assertThat(cubic.at(89)).isEqualTo(0.5);
    assertThat(cubic.at(49)).isEqualTo(0.5 * (1 - Math.pow(40 / 79.0, 3)));
    assertThat(IntStream.range(1, 90).allMatch(step -> cubic.at(step) >= cubic.at(step - 1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 19, 20, 21, 33, 99, 300})
  void theShareIsReachedInAnyNumberOfSteps(int steps) {
    Cubic cubic = new Cubic(0.5, steps);
    int last = IntStream.range(0, steps).filter(cubic::due).max().orElseThrow();
    assertThat(cubic.at(last)).isEqualTo(0.5);
  }

  @Test
  void widthsAreAsAskedFor() {
    try (Llm model = Golden.model("qwen2"); Llm made = new LoraPrune(0.5, 12).apply(model, Golden.windows("qwen2"))) {
      for (Block block : made.blocks()) {
        Block before = model.blocks().get(block.index());
        for (Part part : Part.values()) {
          int count = Groups.of(before, part).count();
          assertThat(Groups.of(block, part).count()).isEqualTo(count - Math.round(count * 0.5f));
        }
      }
      assertThat(made.layer("0.q").stored()).isEqualTo(DataType.FLOAT32);
    }
  }

  /** The moving averages and the gates are part of a checkpoint: one that is resumed from the middle ends where the other does. */
  @Test
  void aResumedTrainingRemovesTheSame() throws Exception {
    Path file = folder.resolve("training.safetensors");
    Recover training = new Recover(60).batch(2).rate(1e-2);
    try (Llm model = Golden.model("llama"); Llm whole = new LoraPrune(0.5, 60).training(training).apply(model, Golden.windows("llama"));
        Llm written = new LoraPrune(0.5, 60).training(training.checkpoint(file)).apply(model, Golden.windows("llama"))) {
      assertThat(Files.exists(file)).isTrue(); // of step 50
      try (Llm resumed = new LoraPrune(0.5, 60).training(training.checkpoint(file)).apply(model, Golden.windows("llama")); Scope scope = new Scope()) {
        assertThat(resumed.spec().config()).isEqualTo(whole.spec().config()).isEqualTo(written.spec().config());
        NDArray ids = model.ids(Golden.ids("llama"));
        assertThat(resumed.forward(ids).toFloatArray()).isEqualTo(whole.forward(ids).toFloatArray());
      }
    }
  }
}
