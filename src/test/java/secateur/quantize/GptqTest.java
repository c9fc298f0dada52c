package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.method.Layer;
import secateur.method.Method;
import secateur.method.OneLayer;
import secateur.method.QuantizingContract;
import secateur.model.Quantized;

class GptqTest extends QuantizingContract {

  @Override
  protected List<Method> anyShape() {
    return List.of(new Gptq(2), new Gptq(3).actOrder(), new Gptq(4).symmetric(), new Gptq(4), new Gptq(3).mse());
  }

  @Override
  protected List<Method> regularShape() {
    return List.of(new Gptq(4).group(32), new Gptq(4).group(32).actOrder(), new Gptq(4).group(32).actOrder().staticGroups(),
        new Gptq(3).group(16).symmetric(), new Gptq(3).group(32).mse(), new Gptq(3).group(32).actOrder().mse(),
        new Gptq(3).group(32).staticGroups().mse());
  }

  @Override
  protected Method bits(int bits, int inputs) {
    return new Gptq(bits).group(inputs);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void errsLessThanRtn(Layer layer) {
    for (int bits : new int[] {2, 3, 4, 8}) {
      double rtn = layer.error(OneLayer.compress(new Rtn(bits), layer.linear(), null));
      assertThat(layer.error(OneLayer.compress(new Gptq(bits), layer.linear(), layer.inputs()))).as("%d bits", bits).isLessThan(rtn);
    }
  }

  @Test
  void onlyActOrderWithGroupsThatAreRefittedNeedsAnIndex() {
    Layer layer = new Layer(5, 8, 64);
    assertThat(((Quantized) OneLayer.compress(new Gptq(4).group(32).actOrder(), layer.linear(), layer.inputs())).groups()).isNotNull();
    assertThat(((Quantized) OneLayer.compress(new Gptq(4).group(32).actOrder().staticGroups(), layer.linear(), layer.inputs())).groups()).isNull();
    assertThat(((Quantized) OneLayer.compress(new Gptq(4).actOrder(), layer.linear(), layer.inputs())).groups()).isNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.01, 1.5, Double.NaN})
  void aDampOutsideIsRefusedWhenItIsSet(double damp) {
    assertThatThrownBy(() -> new Gptq(4).damped(damp)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("damp is " + damp);
  }
}
