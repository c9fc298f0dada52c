package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Directories;
import secateur.Golden;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;

/** Counted by hand for the golden llama: 2 blocks, hidden 64, inner 172, 2 of 4 heads of 16 for keys, 320 tokens. */
class SizeTest {

  private static final long WEIGHTS = 2 * (64 * 64 + 2 * 32 * 64 + 64 * 64 + 3 * 64 * 172);
  private static final long OTHERS = 2 * 320 * 64 + 5 * 64; // embedding, head, norms

  private static Size of(String name, Method method) {
    try (Llm model = Golden.model(name); Llm made = method.apply(model, Golden.windows(name))) {
      return Size.of(made);
    }
  }

  private static Size dense(String name) {
    try (Llm model = Golden.model(name)) {
      return Size.of(model);
    }
  }

  @Test
  void theDenseModel() {
    Size size = dense("llama");
    assertThat(size.weights()).isEqualTo(WEIGHTS);
    assertThat(size.nonZeros()).isEqualTo(WEIGHTS);
    assertThat(size.parameters()).isEqualTo(WEIGHTS + OTHERS);
    assertThat(size.bitsPerWeight()).isEqualTo(32);
    assertThat(size.disk()).isEqualTo(4 * (WEIGHTS + OTHERS));
    assertThat(size.memory()).isEqualTo(4 * (WEIGHTS + OTHERS));
    assertThat(size.sparsity()).isZero();
  }

  @Test
  void biasesAreParametersButNotWeightsAndATiedHeadCountsOnce() {
    Size size = dense("gpt2"); // blocks of 64 x 192, 64 x 64, 64 x 256, 256 x 64; tied head
    long weights = 2 * (64 * 192 + 64 * 64 + 2 * 64 * 256);
    long biases = 2 * (192 + 64 + 256 + 64);
    long others = 320 * 64 + 128 * 64 + 5 * 2 * 64;
    assertThat(size.weights()).isEqualTo(weights);
    assertThat(size.parameters()).isEqualTo(weights + biases + others);
    assertThat(size.disk()).isEqualTo(4 * size.parameters());
  }

  @Test
  void halfOfItIsZero() {
    Size size = of("llama", new Magnitude(0.5));
    assertThat(size.sparsity()).isCloseTo(0.5, within(1e-3));
    assertThat(size.nonZeros()).isCloseTo(WEIGHTS / 2, within(20L));
    assertThat(size.disk()).as("zeros take room in a dense file").isEqualTo(dense("llama").disk());
  }

  @Test
  void fourBits() {
    Size size = of("llama", new Rtn(4));
    long rows = 2 * (64 + 32 + 32 + 64 + 172 + 172 + 64);
    long padded = WEIGHTS + 2 * 64 * 4; // down has 172 inputs, packed as 176
    assertThat(size.parameters()).isEqualTo(WEIGHTS + OTHERS);
    assertThat(size.disk()).isEqualTo(padded / 2 + 5 * rows + 4 * OTHERS);
    assertThat(size.bitsPerWeight()).isCloseTo(8.0 * (padded / 2 + 5 * rows) / WEIGHTS, within(1e-9));
  }

  @Test
  void aModelOfFloat16HasScalesOfFloat16(@TempDir Path folder) {
    Directories.rewritten("llama", folder, tensors -> {
      tensors.replaceAll((name, tensor) -> tensor.toType(DataType.FLOAT16, false));
      return tensors;
    });
    try (Llm model = Llm.load(folder.toString()); Llm made = new Gptq(8).apply(model, Golden.windows("llama"))) {
      assertThat(Size.of(model).disk()).isEqualTo(2 * (WEIGHTS + OTHERS));
      assertThat(Size.of(model).bitsPerWeight()).isEqualTo(16);
      long rows = 2 * (64 + 32 + 32 + 64 + 172 + 172 + 64);
      assertThat(Size.of(made).disk()).isEqualTo(WEIGHTS + 2 * 64 * 4 + 3 * rows + 2 * OTHERS);
    }
  }

  @Test
  void sparsityByLayer() {
    try (Llm model = Golden.model("llama"); Llm made = new Magnitude(2, 4).apply(model, null)) {
      assertThat(Size.sparsityByLayer(made)).containsOnlyKeys("0.q", "0.k", "0.v", "0.o", "0.gate", "0.up", "0.down",
          "1.q", "1.k", "1.v", "1.o", "1.gate", "1.up", "1.down").allSatisfy((name, sparsity) -> assertThat(sparsity).isEqualTo(0.5));
    }
  }
}
