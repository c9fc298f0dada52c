package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

class ChannelsTest {

  private final Llm model = Golden.model("llama");

  @AfterEach
  void close() {
    model.close();
  }

  /** All inputs of {@code layer}, token after token. */
  private List<float[]> inputs(String layer) {
    List<float[]> seen = new ArrayList<>();
    try (Scope scope = new Scope()) {
      model.forward(model.ids(Golden.ids("llama")), (name, x) -> {
        if (name.equals(layer)) {
          seen.add(x.toType(DataType.FLOAT32, true).toFloatArray());
        }
      });
    }
    return seen;
  }

  @Test
  void meansAndPeaksAreThoseOfTheInput() {
    Channels channels = Channels.of(model, "1.k", Golden.windows("llama"));
    float[] x = inputs("1.q").get(0);
    int width = channels.peaks().length;
    for (int j = 0; j < width; j++) {
      double sum = 0;
      double peak = 0;
      for (int i = j; i < x.length; i += width) {
        sum += Math.abs(x[i]);
        peak = Math.max(peak, Math.abs(x[i]));
      }
      assertThat(channels.peaks()[j]).isEqualTo(peak);
      assertThat(channels.means()[j]).isCloseTo(sum * width / x.length, within(1e-5 * peak));
    }
  }

  @Test
  void weightsAreThoseOfAllLayersThatReadIt() {
    Channels channels = Channels.of(model, "1.k", Golden.windows("llama"));
    double[] expected = new double[channels.weights().length];
    for (String layer : List.of("1.q", "1.k", "1.v")) {
      float[] w = model.layer(layer).weight().toFloatArray();
      for (int i = 0; i < w.length; i++) {
        expected[i % expected.length] = Math.max(expected[i % expected.length], Math.abs(w[i]));
      }
    }
    assertThat(channels.weights()).containsExactly(expected);
  }

  @Test
  void scalesAreFoundAgain() {
    Linear layer = model.layer("0.down");
    try (Scope scope = new Scope()) {
      NDArray s = Devices.manager().randomUniform(0.1f, 4, layer.weight().getShape().slice(1));
      double[] scales = Channels.scales(layer, layer.withWeight(layer.weight().mul(s)));
      float[] expected = s.toFloatArray();
      for (int j = 0; j < expected.length; j++) {
        assertThat(scales[j]).isCloseTo(expected[j], within(1e-5 * expected[j]));
      }
    }
  }

  @Test
  void columnsOfZerosHaveNoScale() {
    Linear layer = model.layer("0.q");
    try (Scope scope = new Scope()) {
      assertThat(Channels.scales(layer.withWeight(layer.weight().zerosLike()), layer)).containsOnly(1);
    }
  }

  @Test
  void layersOfOtherShapesAndNamesAreRefused() {
    assertThatThrownBy(() -> Channels.scales(model.layer("0.q"), model.layer("0.gate"))).hasMessageContaining("none were cut");
    assertThatThrownBy(() -> Channels.of(model, "0.nose", Golden.windows("llama"))).hasMessageContaining("no layer '0.nose'");
  }
}
