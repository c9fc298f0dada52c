package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Directories;
import secateur.Golden;
import secateur.Living;
import secateur.file.Bfloat16;
import secateur.file.Checkpoint;
import secateur.file.Json;
import secateur.file.StoredType;
import secateur.model.Dense;
import secateur.model.Llm;
import secateur.prune.PruneNeurons;
import secateur.quantize.Gptq;
import secateur.quantize.Nf4;
import secateur.quantize.SmoothQuant;
import secateur.tensor.Scope;

class DenseLayoutTest {

  private static final long[] IDS = {3, 1, 4, 1, 5, 9};

  @TempDir
  private Path folder;

  private static double difference(float[][] a, float[][] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        most = Math.max(most, Math.abs(a[i][j] - b[i][j]));
      }
    }
    return most;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "opt_350m", "falcon", "qwen3_untied"})
  void float32IsExact(String name) {
    try (Llm model = Golden.model(name)) {
      Written written = DenseLayout.float32().save(model, folder);
      assertThat(written.notes()).isEmpty();
      assertThat(written.clients()).contains("transformers");
      assertThat(written.bitsPerWeight()).isEqualTo(32);
      assertThat(written.tensors()).allMatch(tensor -> tensor.error() == 0);
      assertThat(Json.read(folder.resolve("config.json")).get("dtype").getAsString()).isEqualTo("float32");
      try (Llm back = Llm.load(folder.toString())) {
        assertThat(back.logits(IDS)).isDeepEqualTo(model.logits(IDS));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoredType.class, names = {"F16", "BF16"})
  void halvesAreRoundedOnce(StoredType type) {
    for (String name : new String[] {"gpt2", "qwen2"}) {
      Path to = folder.resolve(name + type);
      try (Llm model = Golden.model(name); Scope scope = new Scope()) {
        Written written = new DenseLayout(type).save(model, to);
        assertThat(written.tensors()).allMatch(tensor -> tensor.type().equals(type.name()) && tensor.bytes() == 2 * tensor.weights());
        double last = type == StoredType.F16 ? 0x1p-11 : 0x1p-8; // half a last place
        assertThat(written.tensors()).allMatch(tensor -> tensor.error() <= last * last).anyMatch(tensor -> tensor.error() > last * last / 50);
        Map<String, NDArray> before = Directories.tensors(name);
        Checkpoint after = Checkpoint.open(to);
        assertThat(before.keySet()).containsAll(after.names());
        long numbers = after.names().stream().mapToLong(tensor -> before.get(tensor).size()).sum();
        long changed = after.names().stream().mapToLong(tensor -> changed(before.get(tensor), type)).sum();
        assertThat(written.notes()).containsExactly("%,d of %,d numbers were rounded to %s".formatted(changed, numbers, type));
        after.names().forEach(tensor -> assertThat(after.read(tensor).toType(ai.djl.ndarray.types.DataType.FLOAT32, false).toFloatArray())
            .as(tensor).isEqualTo(rounded(before.get(tensor), type)));
        try (Llm back = Llm.load(to.toString())) {
          assertThat(difference(back.logits(IDS), model.logits(IDS))).isBetween(1e-5, type == StoredType.F16 ? 0.01 : 0.1);
          assertThat(new DenseLayout(type).save(back, folder.resolve("again")).notes()).isEmpty();
        }
      }
    }
  }

  private static long changed(NDArray exact, StoredType type) {
    float[] before = exact.toFloatArray();
    float[] after = rounded(exact, type);
    return java.util.stream.IntStream.range(0, before.length).filter(i -> before[i] != after[i]).count();
  }

  private static float[] rounded(NDArray exact, StoredType type) {
    float[] numbers = exact.toFloatArray();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type == StoredType.BF16 ? Bfloat16.value(Bfloat16.bits(numbers[i])) : half(numbers[i]);
    }
    return numbers;
  }

  /** The nearest multiple of the last place that float16 has there, which numbers here are large enough for. */
  private static float half(float x) {
    double place = Math.scalb(1.0, Math.max(Math.getExponent(x), -14) - 10);
    return (float) (Math.rint(x / place) * place);
  }

  @Test
  void packedLayersBecomePlain() {
    try (Llm model = Golden.model("llama"); Llm four = new Gptq(4).group(4).apply(model, Golden.windows("llama")); Llm levels = new Nf4().apply(model, null);
        Llm rounded = new SmoothQuant().apply(model, Golden.windows("llama"))) {
      for (Llm made : new Llm[] {four, levels}) {
        assertThat(DenseLayout.float32().save(made, folder).notes()).containsExactly("14 layers that were packed, sparse or adapted are plain matrices here");
        try (Llm back = Llm.load(folder.toString())) {
          assertThat(back.layers().values()).hasOnlyElementsOfType(Dense.class);
          assertThat(difference(back.logits(IDS), made.logits(IDS))).isLessThan(1e-5);
        }
      }
      assertThat(DenseLayout.float32().save(rounded, folder).notes()).anyMatch(note -> note.contains("not rounded any more"));
    }
  }

  @Test
  void blocksOfDifferentWidthsAreReadHereAlone() {
    try (Llm model = Golden.model("llama"); Llm made = new PruneNeurons(0.3).apply(model, Golden.windows("llama"))) {
      Written written = DenseLayout.float16().save(made, folder);
      boolean even = made.blocks().stream().map(block -> block.layer(secateur.spec.Role.UP).rows()).distinct().count() == 1;
      assertThat(written.clients().contains("transformers")).isEqualTo(even);
      try (Llm back = Llm.load(folder.toString())) {
        assertThat(difference(back.logits(IDS), made.logits(IDS))).isLessThan(0.01);
      }
    }
  }

  @Test
  void whatOverflowsIsRefusedBeforeAnythingIsWritten() {
    Path large = Directories.rewritten("llama", folder.resolve("large"), tensors -> {
      tensors.compute("model.layers.1.mlp.up_proj.weight", (name, old) -> old.mul(1e7));
      return tensors;
    });
    try (Llm model = Llm.load(large.toString())) {
      assertThatThrownBy(() -> DenseLayout.float16().save(model, folder.resolve("to"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("model.layers.1.mlp.up_proj.weight", "F16", "BF16");
      assertThat(folder.resolve("to")).doesNotExist();
      DenseLayout.bfloat16().save(model, folder.resolve("to"));
      try (Llm back = Llm.load(folder.resolve("to").toString())) {
        assertThat(back.logits(IDS)[0][0]).isFinite();
      }
    }
  }

  @Test
  void tooSmallNumbersAreCounted() {
    Path small = Directories.rewritten("llama", folder.resolve("small"), tensors -> {
      tensors.compute("model.layers.1.mlp.up_proj.weight", (name, old) -> old.mul(0).add(1e-9));
      return tensors;
    });
    try (Llm model = Llm.load(small.toString())) {
      assertThat(DenseLayout.float16().save(model, folder.resolve("to")).notes()).contains(172 * 64 + " numbers are too small for F16 and became 0");
    }
  }

  @Test
  void shardsAndTypes() {
    try (Llm model = Golden.model("llama")) {
      Written written = DenseLayout.bfloat16().sharded(60_000).save(model, folder);
      assertThat(folder.resolve("model-00002-of-00006.safetensors")).exists();
      long files = java.util.Arrays.stream(folder.toFile().listFiles((at, file) -> file.endsWith(".safetensors"))).mapToLong(java.io.File::length).sum();
      assertThat(written.bytes()).isBetween(files - 20_000, files);
      assertThat(Json.read(folder.resolve("config.json")).get("dtype").getAsString()).isEqualTo("bfloat16");
      Llm.load(folder.toString()).close();
    }
    assertThatThrownBy(() -> new DenseLayout(StoredType.I8)).hasMessageContaining("I8, allowed are F16, BF16, F32");
    assertThatThrownBy(() -> DenseLayout.float16().sharded(0)).hasMessageContaining("shards of 0 bytes");
  }

  @Test
  void nothingIsLeftOver() {
    try (Llm model = Golden.model("gpt2"); Llm made = new Nf4().apply(model, null)) {
      DenseLayout.bfloat16().save(made, folder);
      Living before = Living.settled();
      for (StoredType type : new StoredType[] {StoredType.F16, StoredType.BF16, StoredType.F32}) {
        new DenseLayout(type).save(made, folder);
      }
      assertThat(Living.settled()).isEqualTo(before);
    }
  }
}
