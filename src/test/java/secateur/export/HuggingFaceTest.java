package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.file.Checkpoint;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.quantize.Rtn;
import secateur.text.Windows;

class HuggingFaceTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/models");
  private static final long[] IDS = LongStream.range(0, 24).map(i -> i * 37 % 320).toArray();

  @TempDir
  Path folder;

  static Stream<Path> families() throws IOException {
    try (Stream<Path> all = Files.list(GOLDEN)) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void aSavedModelHasTheSameNamesAndLogits(Path golden) {
    try (Llm model = Llm.load(golden.toString())) {
      HuggingFace.save(model, folder);
      Set<String> before = Checkpoint.open(golden).names();
      assertThat(Checkpoint.open(folder).names()).isSubsetOf(before);
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.logits(IDS)).isDeepEqualTo(model.logits(IDS));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void anUntrainedModelOfEveryFamilySavesAndLoads(Path golden) {
    try (Llm trained = Llm.load(golden.toString()); Llm model = Llm.random(trained.spec().config(), 1)) {
      HuggingFace.save(model, folder);
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.head().stored()).isEqualTo(DataType.FLOAT16);
        assertThat(difference(loaded.logits(IDS), model.logits(IDS))).isLessThan(1e-2); // float16 on disk
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void quantizedLayersStayPacked(Path golden) {
    Windows text = Windows.of(new long[][] {IDS});
    try (Llm model = Llm.load(golden.toString()); Llm small = new Rtn(3).apply(model, text)) {
      HuggingFace.save(small, folder);
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.layers().values()).allMatch(layer -> layer instanceof Quantized);
        assertThat(loaded.logits(IDS)).isDeepEqualTo(small.logits(IDS));
      }
    }
  }

  @Test
  void shardsLoadAsOneModelAndASingleFileReplacesThem() {
    try (Llm model = Llm.load(GOLDEN.resolve("llama").toString())) {
      HuggingFace.save(model, folder, 100_000);
      assertThat(folder.resolve("model-00002-of-00006.safetensors")).exists();
      assertThat(folder.resolve("model.safetensors")).doesNotExist();
      HuggingFace.save(model, folder, 200_000);
      assertThat(folder.toFile().list((at, name) -> name.startsWith("model-"))).containsExactlyInAnyOrder(
          "model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors");
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.logits(IDS)).isDeepEqualTo(model.logits(IDS));
      }
      HuggingFace.save(model, folder);
      assertThat(folder.resolve("model.safetensors.index.json")).doesNotExist();
      assertThat(folder.toFile().list((at, name) -> name.startsWith("model-"))).isEmpty();
      assertThatThrownBy(() -> HuggingFace.save(model, folder, 0)).hasMessageContaining("shards of 0 bytes");
    }
  }

  @Test
  void theTokenizerComesAlong() throws IOException {
    Path from = Files.createDirectory(folder.resolve("from"));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(GOLDEN.resolve("llama").resolve(file), from.resolve(file));
    }
    Files.copy(Path.of("src/main/resources/secateur/models/java-8m/tokenizer.json"), from.resolve("tokenizer.json"));
    try (Llm model = Llm.load(from.toString())) {
      HuggingFace.save(model, folder.resolve("to"));
      assertThat(folder.resolve("to/tokenizer.json")).hasSameBinaryContentAs(from.resolve("tokenizer.json"));
    }
  }

  @Test
  void theReportSaysWhoReadsIt() {
    try (Llm model = Llm.load(GOLDEN.resolve("llama").toString()); Llm made = new Rtn(4).apply(model, null);
        Llm sparse = new secateur.prune.Magnitude(0.5).then(new secateur.prune.StoreSparse()).apply(model, null)) {
      assertThat(new HuggingFaceLayout().save(model, folder).clients()).containsExactly("Secateur", "transformers");
      Written packed = new HuggingFaceLayout().save(made, folder);
      assertThat(packed.clients()).containsExactly("Secateur");
      assertThat(packed.notes()).containsExactly("14 layers are packed in Secateur's own form");
      assertThat(new HuggingFaceLayout().save(sparse, folder).clients()).containsExactly("Secateur", "transformers with compressed-tensors to 0.14");
    }
  }

  private static double difference(float[][] a, float[][] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        most = Math.max(most, Math.abs(a[i][j] - b[i][j]));
      }
    }
    return most;
  }
}
