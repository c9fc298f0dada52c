package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.method.Grid;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.tensor.Scope;
import secateur.text.Corpus;
import secateur.text.Windows;

class AwqTest {

  @ParameterizedTest
  @ValueSource(strings = {"bloom", "falcon", "falcon_40b", "gpt2", "gpt_neox", "llama", "mistral", "opt", "opt_350m", "qwen2", "qwen3"})
  void everyFamilyAtEightBitsIsNearlyWhatItWas(String name) {
    try (Scope scope = new Scope(); Llm model = Golden.model(name);
        Llm made = new Awq(new Grid(8)).apply(model, Golden.windows(name)); Llm rounded = new Rtn(8).apply(model, Golden.windows(name))) {
      assertThat(made.layers().values()).allMatch(Quantized.class::isInstance);
      long[][] ids = Golden.ids(name);
      double awq = error(model, made, ids);
      assertThat(awq).isPositive().isLessThan(2 * error(model, rounded, ids));
    }
  }

  @Test
  void errsLessThanRtnOnItsCalibrationText() {
    try (Scope scope = new Scope(); Llm model = Llm.load("java-8m")) {
      Windows text = Corpus.load("java").windows(4, 128);
      long[][] ids = text.ids(model.tokenizerOrNull());
      assertThat(error(model, new Awq(3).group(64), text, ids)).isLessThan(error(model, new Rtn(3).group(64), text, ids));
    }
  }

  private static double error(Llm model, Method method, Windows text, long[][] ids) {
    try (Llm made = method.apply(model, text)) {
      return error(model, made, ids);
    }
  }

  /** The mean squared error of the logits. */
  private static double error(Llm model, Llm made, long[][] ids) {
    NDArray apart = made.forward(made.ids(ids)).sub(model.forward(model.ids(ids)));
    return apart.square().mean().getFloat();
  }

  @Test
  void aGroupThatDoesNotDivideNamesTheLayer() {
    try (Llm model = Golden.model("gpt2")) {
      assertThatThrownBy(() -> new Awq(4).apply(model, Golden.windows("gpt2"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("layer 0.qkv", "128", "64 inputs");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void anAlphaOutsideIsRefused(double alpha) {
    assertThatThrownBy(() -> new SmoothQuant().alpha(alpha)).hasMessageContainingAll("alpha is " + alpha, "between 0 and 1");
  }
}
