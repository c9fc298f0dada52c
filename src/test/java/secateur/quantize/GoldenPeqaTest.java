package secateur.quantize;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.model.Frozen;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/** The gradient of PEQA's scales, sum_j dL/dW_ij code_ij, against the formula computed in PyTorch. */
class GoldenPeqaTest {

  @ParameterizedTest
  @ValueSource(strings = {"3", "2g16", "4g16s"})
  void gradientsOfScales(String grid) {
    try (Scope scope = new Scope()) {
      GoldenLayer layer = new GoldenLayer("peqa", grid);
      NDArray scale = Gradients.trainable(layer.quantized().scale());
      layer.back(new Frozen(layer.quantized().withScale(scale)), GoldenLayer.given("x"));
      layer.same(scale.getGradient(), "ds");
    }
  }
}
