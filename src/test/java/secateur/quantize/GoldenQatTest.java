package secateur.quantize;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ai.djl.ndarray.types.DataType;
import secateur.model.Trainable;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/** The straight-through quantizer against PyTorch. */
class GoldenQatTest {

  @ParameterizedTest
  @ValueSource(strings = {"3", "2g16", "4g16s"})
  void valuesAndGradients(String grid) {
    try (Scope scope = new Scope()) {
      GoldenLayer layer = new GoldenLayer("qat", grid);
      NDArray weight = Gradients.trainable(GoldenLayer.given("weight"));
      NDArray x = Gradients.trainable(GoldenLayer.given("x"));
      FakeQuantized fake = new FakeQuantized(new Trainable(weight, null, DataType.FLOAT32), layer.rounding());
      layer.same(fake.forward(x), "y");
      layer.back(fake, x);
      layer.same(weight.getGradient(), "dW");
      layer.same(x.getGradient(), "dx");
    }
  }
}
