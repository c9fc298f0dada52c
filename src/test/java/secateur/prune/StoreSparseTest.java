package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Directories;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.lab.Lab;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.method.Method;
import secateur.method.Sparsity;
import secateur.model.Bitmask;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.model.Sparse;
import secateur.model.Sparse24;
import secateur.quantize.Gptq;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

class StoreSparseTest {

  private static final StoreSparse STORE = new StoreSparse();

  @TempDir
  private Path folder;

  static List<Method> pruning() {
    return List.of(new Magnitude(0.5), new Magnitude(2, 4), new Wanda(0.7), new SparseGpt(2, 4), new SparseGpt(0.5), new Magnitude(Sparsity.global(0.6)));
  }

  private static Linear layer(float... row) {
    NDArray w = Devices.manager().create(row, new Shape(1, row.length)).repeat(0, 64);
    return STORE.compress(new Dense(w, null, DataType.FLOAT16));
  }

  @Test
  void theFormFollowsTheZeros() {
    try (Scope scope = new Scope()) {
      float[] row = new float[256];
      assertThat(layer(row)).isInstanceOf(Sparse24.class);
      row[0] = row[1] = row[2] = 1;
      assertThat(layer(row)).isInstanceOf(Bitmask.class);
      java.util.Arrays.fill(row, 1);
      assertThat(layer(row)).isInstanceOf(Dense.class);
      java.util.Arrays.fill(row, 0, 20, 0f); // 8 % zeros: 2 bytes saved for each, 32 + 8 taken for each row, 16 for the shape
      assertThat(layer(row)).isInstanceOf(Dense.class);
      row[20] = 0;
      assertThat(layer(row)).isInstanceOf(Bitmask.class);
    }
  }

  @ParameterizedTest
  @MethodSource("pruning")
  void noWeightChanges(Method prune) {
    try (Llm model = Golden.model("qwen2"); Llm pruned = prune.apply(model, Golden.windows("qwen2")); Llm stored = STORE.apply(pruned, null)) {
      assertThat(stored.layers().values()).hasOnlyElementsOfType(Sparse.class);
      assertThat(Perplexity.of(stored, Golden.windows("qwen2")).value()).isEqualTo(Perplexity.of(pruned, Golden.windows("qwen2")).value());
      assertThat(Size.sparsityByLayer(stored)).isEqualTo(Size.sparsityByLayer(pruned));
      assertThat(Size.of(stored).disk()).isLessThan(Size.of(pruned).disk());
      assertThat(Size.of(stored).memory()).isLessThan(Size.of(pruned).memory());
      assertThat(Size.of(stored).parameters()).isEqualTo(Size.of(pruned).parameters());
    }
  }

  @Test
  void whatIsDenseOrRoundedStaysAsItIs() {
    try (Llm model = Golden.model("llama"); Llm dense = STORE.apply(model, null);
        Llm rounded = new Wanda(0.5).then(new Gptq(4)).then(STORE).apply(model, Golden.windows("llama"))) {
      model.layers().forEach((name, layer) -> assertThat(dense.layer(name)).isSameAs(layer));
      assertThat(rounded.layers().values()).hasOnlyElementsOfType(Quantized.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2"})
  void theFileIsAsLargeAsSizeSays(String name) throws IOException {
    Directories.rewritten(name, folder, tensors -> {
      tensors.replaceAll((each, tensor) -> tensor.toType(DataType.FLOAT16, false));
      return tensors;
    });
    try (Llm model = Llm.load(folder.toString())) {
      for (Method method : List.<Method>of(new Magnitude(0.5), new Magnitude(0.5).then(STORE), new Magnitude(2, 4).then(STORE))) {
        try (Llm made = method.apply(model, null)) {
          HuggingFace.save(made, folder.resolve("made"));
          assertThat(data(folder.resolve("made/model.safetensors"))).as("%s", method).isEqualTo(Size.of(made).disk());
        }
      }
    }
  }

  /** Bytes of a safetensors file without its header. */
  private static long data(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length - 8 - ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  @Test
  void bitsOfAWeightByHand() {
    Directories.rewritten("llama", folder, tensors -> {
      tensors.replaceAll((each, tensor) -> tensor.toType(DataType.FLOAT16, false));
      return tensors;
    });
    try (Llm model = Llm.load(folder.toString()); Llm pairs = new Magnitude(2, 4).then(STORE).apply(model, null)) {
      long weights = 2 * (64 * 64 + 2 * 32 * 64 + 64 * 64 + 3 * 64 * 172);
      long masks = 2 * (8 * (64 + 32 + 32 + 64 + 172 + 172) + 22 * 64);
      assertThat(Size.of(pairs).bitsPerWeight()).isEqualTo(8.0 * (weights + masks + 2 * 7 * 16) / weights);
    }
  }

  @Test
  void workGoesOnFromAFile() {
    try (Llm model = Golden.model("llama"); Llm stored = new SparseGpt(2, 4).then(STORE).apply(model, Golden.windows("llama"))) {
      HuggingFace.save(stored, folder);
    }
    try (Llm back = Llm.load(folder.toString())) {
      for (Method method : List.of(new Magnitude(0.7), new Recover(3), new Recover(3).full(), new SparseGpt(0.6))) {
        try (Llm made = method.apply(back, Golden.windows("llama"))) {
          assertThat(made.layers().values()).as("%s", method).hasOnlyElementsOfType(Sparse24.class);
          stillZero(back, made);
        }
      }
      try (Llm made = new Gptq(4).apply(back, Golden.windows("llama"))) {
        stillZero(back, made);
      }
    }
  }

  private static void stillZero(Llm before, Llm after) {
    before.layers().forEach((name, layer) -> {
      try (Scope scope = new Scope()) {
        assertThat(after.layer(name).weight().mul(layer.weight().eq(0)).abs().max().getFloat()).as(name).isZero();
        assertThat(Golden.difference(after.layer(name).weight(), layer.weight())).as(name).isPositive();
      }
    });
  }

  @Test
  void pairsInABitMaskBecomePairs() {
    try (Scope scope = new Scope()) {
      Sparse24 pairs = (Sparse24) layer(new float[16]);
      assertThat(STORE.compress(Bitmask.of(pairs.dense()))).isInstanceOf(Sparse24.class);
      assertThat(STORE.compress(pairs)).isSameAs(pairs);
    }
  }

  @Test
  void aStepOfTheLab() {
    try (Llm model = Golden.model("llama"); Lab lab = new Lab(model, Golden.windows("llama"), Golden.windows("llama"))) {
      lab.step(new SparseGpt(2, 4)).step(STORE);
      assertThat(lab.model().layer("0.q")).hasToString("Sparse24(64 x 64, " + ((Sparse24) lab.model().layer("0.q")).path() + ")");
      assertThat(new SparseGpt(2, 4).then(STORE)).hasToString("SparseGPT 2:4 + stored sparse");
    }
  }
}
