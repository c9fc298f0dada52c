package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.Living;
import secateur.measure.Perplexity;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.model.Dense;
import secateur.model.Llm;
import secateur.quantize.Rtn;
import secateur.tensor.Scope;
import secateur.text.Windows;
import secateur.train.Lora;

class RecoverTest {

  private static final Windows TEXT = Golden.windows("llama");

  @TempDir
  Path folder;

  private static List<Recover> all() {
    Recover recover = new Recover(30).rate(3e-3).batch(2);
    return List.of(recover, recover.lora(new Lora(4).dropout(0)), recover.full(), recover.recomputed());
  }

  @Test
  void bringsBackWhatPruningLostAndKeepsEveryZeroOfTwoInFour() {
    try (Llm model = Golden.model("llama"); Llm pruned = new SparseGpt(2, 4).apply(model, TEXT)) {
      double before = Perplexity.of(pruned, TEXT).value();
      for (Recover recover : all()) {
        try (Llm made = recover.apply(pruned, TEXT)) {
          assertThat(Perplexity.of(made, TEXT).value()).as("%s", recover).isLessThan(before);
          assertThat(made.layers().values()).hasOnlyElementsOfType(Dense.class);
          made.layers().forEach((name, layer) -> {
            try (Scope scope = new Scope()) {
              NDArray zeros = layer.weight().eq(0);
              assertThat(zeros).as("%s %s", recover, name).isEqualTo(pruned.layer(name).weight().eq(0));
              NDArray ofFour = zeros.toType(DataType.FLOAT32, false).reshape(new Shape(-1, 4)).sum(new int[] {1});
              assertThat(ofFour.min().getFloat()).isGreaterThanOrEqualTo(2);
            }
          });
        }
      }
    }
  }

  @Test
  void composesWithOtherMethods() {
    Method method = new SparseGpt(2, 4).then(new Recover(5).batch(1).full()).then(new Rtn(8));
    assertThat(method).hasToString("SparseGPT 2:4 + full recovery 5 steps + RTN 8-bit");
    try (Llm model = Golden.model("gpt2")) {
      Living before = Living.settled();
      method.apply(model, Golden.windows("gpt2")).close();
      method.apply(model, Golden.windows("gpt2")).close();
      Living once = Living.settled();
      method.apply(model, Golden.windows("gpt2")).close();
      assertThat(Living.settled()).isEqualTo(once);
      assertThat(once.bytes()).isEqualTo(before.bytes());
    }
  }

  @Test
  void goesOnFromItsCheckpoint() {
    Path file = folder.resolve("recovery.safetensors");
    try (Llm model = Golden.model("llama"); Llm once = new Recover(100).batch(1).checkpoint(file).apply(model, TEXT);
        Llm again = new Recover(100).batch(1).checkpoint(file).apply(model, TEXT)) {
      assertThat(file).exists();
      assertThat(again.logits(new long[] {3, 1, 4})).isDeepEqualTo(once.logits(new long[] {3, 1, 4}));
    }
  }

  @Test
  void roundedLayersAreRefusedBeforehand() {
    try (Llm model = Golden.model("llama"); Llm rounded = new Rtn(4).apply(model, TEXT)) {
      assertThatThrownBy(() -> new Recover(5).check(rounded)).hasMessageContainingAll("0.q", "recover before quantizing");
      assertThatThrownBy(() -> new Recover(5).full().check(rounded)).hasMessageContaining("only a Dense or Sparse layer");
    }
  }

  @Test
  void labelsAndForecasts() {
    assertThat(new Recover(300)).hasToString("LoRA recovery 300 steps");
    assertThat(new Recover(300).lora(new Lora(4))).hasToString("LoRA r4 alpha 16 dropout 0.05 recovery 300 steps");
    assertThatThrownBy(() -> new Recover(0)).hasMessageContaining("0 steps");
    assertThatThrownBy(() -> new Recover(1).batch(0)).hasMessageContaining("batches of 0");
    try (Llm model = Golden.model("llama")) {
      Cost lora = new Recover(10).cost(model, TEXT);
      Cost full = new Recover(10).full().cost(model, TEXT);
      assertThat(full.flops()).isGreaterThan(1.2 * lora.flops());
      assertThat(full.bytes()).isGreaterThan(lora.bytes());
      assertThat(new Recover(20).cost(model, TEXT).flops()).isGreaterThan(1.9 * lora.flops() - 1e9);
    }
  }
}
