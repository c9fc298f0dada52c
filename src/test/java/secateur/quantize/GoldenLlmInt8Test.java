package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.W8A8;
import secateur.tensor.Scope;

/** The output of a layer whose inputs have outliers against the formula computed in PyTorch. */
class GoldenLlmInt8Test {

  @Test
  void withAndWithoutOutliers() {
    try (Scope scope = new Scope(); Llm model = GoldenBlock.model()) {
      Linear q = model.layer("0.q");
      GoldenBlock.same(new LlmInt8().compress(q).forward(GoldenBlock.given("int8/x")), "int8/output", 1e-5);
      GoldenBlock.same(new LlmInt8().threshold(1e9).compress(q).forward(GoldenBlock.given("int8/x")), "int8/all", 1e-5);
      GoldenBlock.same(W8A8.of(q).forward(GoldenBlock.given("int8/x")), "int8/all", 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -6, Double.NaN})
  void aThresholdThatIsNotPositiveIsRefused(double threshold) {
    assertThatThrownBy(() -> new LlmInt8().threshold(threshold)).hasMessageContaining("threshold is " + threshold);
  }
}
