package secateur.quantize;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.model.Adapted;
import secateur.model.Frozen;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/** QLoRA's adapters on a packed base against PyTorch: rank 3, alpha 16. */
class GoldenQLoraTest {

  @ParameterizedTest
  @ValueSource(strings = {"3", "2g16", "4g16s"})
  void valuesAndGradients(String grid) {
    try (Scope scope = new Scope()) {
      GoldenLayer layer = new GoldenLayer("qlora", grid);
      NDArray a = Gradients.trainable(layer.golden("A"));
      NDArray b = Gradients.trainable(layer.golden("B"));
      NDArray x = Gradients.trainable(GoldenLayer.given("x"));
      Adapted adapted = new Adapted(new Frozen(layer.quantized()), a, b, 16 / 3.0);
      layer.same(adapted.forward(x), "y");
      layer.back(adapted, x);
      layer.same(a.getGradient(), "dA");
      layer.same(b.getGradient(), "dB");
      layer.same(x.getGradient(), "dx");
    }
  }
}
