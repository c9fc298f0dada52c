package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.engines.Client;
import secateur.engines.Engine;
import secateur.model.Llm;
import secateur.spec.Activation;
import secateur.text.BpeTrainer;

/** Models of every architecture in other programs; llama.cpp b4916 does not have qwen3 yet. */
class ArchitecturesTest {

  private static final int[] IDS = {1, 7, 3, 9, 30, 11, 2, 25, 100, 101, 103, 7, 7, 200, 300, 319};

  @TempDir
  Path directory;

  static Stream<String> models() {
    return GgufTest.models().filter(name -> !name.startsWith("qwen3"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void llamaCppHasOurLogits(String name) {
    Path file = directory.resolve("model.gguf");
    try (Llm model = Golden.model(name)) {
      new Gguf(Preset.F32).save(model, file);
      float[][] ours = model.logits(Arrays.stream(IDS).asLongStream().toArray());
      try (Engine engine = Client.JAVA_LLAMA_CPP.open(file, 64)) {
        assertThat(worst(ours, engine.logits(IDS))).isLessThan(tolerance(model));
      }
    }
  }

  static Stream<String> all() {
    return GgufTest.models();
  }

  /** Of each architecture, with a small tokenizer: who is said to open the file does, the newest llama.cpp and GPT4All's. */
  @ParameterizedTest
  @MethodSource("all")
  void whoeverIsNamedOpensIt(String name) throws IOException {
    Path file = directory.resolve("model.gguf");
    try (Llm model = withTokenizer(name)) {
      Written written = new Gguf(Preset.F32).ownHead().save(model, file);
      float[][] ours = model.logits(Arrays.stream(IDS).asLongStream().toArray());
      for (Client client : written.clients().contains("GPT4All") ? List.of(Client.NODE_LLAMA_CPP, Client.GPT4ALL) : List.of(Client.NODE_LLAMA_CPP)) {
        try (Engine engine = client.open(file, 64)) {
          assertThat(worst(ours, engine.logits(IDS))).as("%s", client).isLessThan(client == Client.GPT4ALL ? 2e-2 : tolerance(model));
        }
      }
    }
  }

  private Llm withTokenizer(String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    for (String each : List.of("config.json", "model.safetensors")) {
      Files.copy(Golden.path("models/" + name).resolve(each), copy.resolve(each));
    }
    BpeTrainer.train(Stream.of("static int index(int value) { return value; }\n".repeat(20)), 320).save(copy);
    return Llm.load(copy.toString());
  }

  /** GELU comes from a table of halves there, and is always its approximation by tanh. */
  private static double tolerance(Llm model) {
    return model.spec().activation() == Activation.SILU ? 1e-4 : 2e-3;
  }

  private static double worst(float[][] ours, float[][] theirs) {
    double worst = 0;
    for (int t = 0; t < ours.length; t++) {
      for (int i = 0; i < ours[t].length; i++) {
        worst = Math.max(worst, Math.abs(ours[t][i] - theirs[t][i]));
      }
    }
    return worst;
  }
}
