package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Llm;

/** Models written as GGUF and read back. */
class GgufTest {

  private static final List<String> REFUSED = List.of("opt", "opt_350m", "falcon_alibi");

  @TempDir
  Path directory;

  static Stream<String> models() {
    return Golden.models().stream().filter(name -> !REFUSED.contains(name));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aFileOfFloat32GivesTheSameLogits(String name) {
    Path file = directory.resolve(name + ".gguf");
    try (Llm model = Golden.model(name)) {
      new Gguf(Preset.F32).save(model, file);
      try (Llm read = Llm.load(file.toString())) {
        assertSame(model, read, 1e-5);
      }
    }
  }

  private static void assertSame(Llm model, Llm read, double tolerance) {
    long[] ids = {1, 7, 3, 9, 30, 11, 2, 25};
    float[][] expected = model.logits(ids);
    float[][] actual = read.logits(ids);
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < expected[t].length; i++) {
        assertThat(actual[t][i]).as("token %d, logit %d", t, i).isCloseTo(expected[t][i], offset((float) tolerance));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"opt", "opt_350m"})
  void whatLlamaCppLacksIsRefusedByName(String name) {
    try (Llm model = Golden.model(name)) {
      assertThatThrownBy(() -> new Gguf().save(model, directory.resolve("a.gguf"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("GGUF has no architecture 'opt'; it has llama, mistral, qwen2, qwen3, gpt2, bloom, falcon, gpt_neox");
    }
    assertThat(directory.resolve("a.gguf")).doesNotExist();
  }

  @Test
  void aVariantThatLlamaCppLacksIsRefused() {
    try (Llm model = Golden.model("falcon_alibi")) {
      assertThatThrownBy(() -> new Gguf().save(model, directory.resolve("a.gguf"))).hasMessageContaining("ALiBi");
    }
  }
}
