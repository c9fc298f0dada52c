package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.model.Dense;
import secateur.model.Quantized;
import secateur.tensor.Devices;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

class ScalesTest {

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void newScalesCountInEveryFormOfTheProduct(int bits) {
    try (Scope scope = new Scope()) {
      NDArray w = Devices.manager().randomNormal(new Shape(64, 128));
      Quantized layer = (Quantized) new Rtn(bits).group(64).compress(new Dense(w, null, DataType.FLOAT32));
      Quantized twice = layer.withScale(layer.scale().mul(2));
      for (int tokens : new int[] {1, 200}) {
        NDArray x = Devices.manager().randomNormal(new Shape(tokens, 128));
        NDArray y = Nn.linear(x, layer.weight(), null).mul(2);
        assertThat(twice.forward(x).sub(y).abs().max().div(y.abs().max()).getFloat()).isLessThan(0.02f);
      }
    }
  }
}
