package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.method.Layer;
import secateur.method.Method;
import secateur.method.OneLayer;
import secateur.method.QuantizingContract;
import secateur.model.Dense;
import secateur.tensor.Devices;

class RtnTest extends QuantizingContract {

  @Override
  protected List<Method> anyShape() {
    return List.of(new Rtn(2), new Rtn(3), new Rtn(4).symmetric(), new Rtn(8), new Rtn(3).mse());
  }

  @Override
  protected List<Method> regularShape() {
    return List.of(new Rtn(4).group(32), new Rtn(3).group(16).symmetric(), new Rtn(3).group(16).symmetric().mse());
  }

  @Override
  protected Method bits(int bits, int inputs) {
    return new Rtn(bits).group(inputs);
  }

  @Test
  void byHand() {
    // from -1 to 2 in 3 steps: scale 1, zero 1
    var w = Devices.manager().create(new float[] {-1, 2, 0.4f, 1.6f}, new Shape(1, 4));
    assertThat(OneLayer.compress(new Rtn(2), dense(w), null).weight().toFloatArray()).containsExactly(-1, 2, 0, 2);
  }

  @Test
  void symmetricByHand() {
    // scale 2 * 2 / 3, zero 2: -8/3, -4/3, 0, 4/3
    var w = Devices.manager().create(new float[] {-1, 2, 0.4f, 1.6f}, new Shape(1, 4));
    assertThat(OneLayer.compress(new Rtn(2).symmetric(), dense(w), null).weight().toFloatArray())
        .containsExactly(new float[] {-4 / 3f, 4 / 3f, 0, 4 / 3f}, Offset.offset(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void aSearchedRangeNeverErrsMore(Layer layer) {
    for (DataType stored : List.of(DataType.FLOAT32, DataType.FLOAT16)) {
      Dense dense = new Dense(layer.weight(), null, stored);
      for (Rtn method : List.of(new Rtn(2), new Rtn(3).group(32), new Rtn(4).group(16).symmetric(), new Rtn(8))) {
        double[] plain = errors(dense, method);
        double[] searched = errors(dense, method.mse());
        for (int group = 0; group < plain.length; group++) {
          assertThat(searched[group]).as("%s group %d", method, group).isLessThanOrEqualTo(plain[group] * (1 + 1e-6));
        }
        if (method.grid().bits() < 8) {
          assertThat(Arrays.stream(searched).sum()).as("%s", method).isLessThan(Arrays.stream(plain).sum());
        }
      }
    }
  }

  /** sum |w - Q(w)|^2.4 of each group. */
  private static double[] errors(Dense layer, Rtn method) {
    NDArray difference = method.compress(layer).weight().sub(layer.weight()).toType(DataType.FLOAT64, false).abs().pow(2.4);
    int inputs = method.grid().size() == 0 ? (int) layer.columns() : method.grid().size();
    return difference.reshape(-1, inputs).sum(new int[] {1}).toDoubleArray();
  }

  @Test
  void groupsHaveGridsOfTheirOwn() {
    var w = Devices.manager().create(new float[] {0, 3, 0, 300}, new Shape(1, 4));
    var made = OneLayer.compress(new Rtn(2).group(2), dense(w), null).weight();
    assertThat(made.getFloat(0, 1)).isCloseTo(3, within(1e-6f));
    assertThat(made.getFloat(0, 3)).isCloseTo(300, within(1e-4f));
  }
}
