package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.method.Layer;
import secateur.method.Method;
import secateur.method.MethodContract;
import secateur.model.Codebook;
import secateur.model.Dense;
import secateur.model.Frozen;
import secateur.model.Linear;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;

/** NF4 and FP4. */
class Nf4Test extends MethodContract {

  @Override
  protected List<Method> anyShape() {
    return List.of(new Nf4(), new Nf4().single(), new Fp4(), new Fp4().single());
  }

  @Override
  protected List<Method> regularShape() {
    return List.of();
  }

  @Test
  void bitsAWeightAsPublished() {
    Linear large = dense(Devices.manager().randomNormal(new Shape(2048, 1024)));
    assertThat(bits(new Nf4().compress(large))).isCloseTo(4 + 8 / 64.0 + 32 / (64 * 256.0), within(1e-4)).isCloseTo(4.127, within(1e-3));
    assertThat(bits(new Nf4().single().compress(large))).isEqualTo(4.5);
  }

  private static double bits(Linear layer) {
    assertThat(layer.storedBytes()).isEqualTo(layer.bytes());
    return 8.0 * layer.storedBytes() / layer.size();
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#various")
  void noWeightErrsByMoreThanHalfTheWidestGap(Layer layer) {
    NDArray weight = layer.weight();
    float most = weight.abs().max().getFloat();
    assertThat(Golden.difference(new Nf4().single().compress(dense(weight)).weight(), weight)).isLessThanOrEqualTo(most * 0.1520); // -1 to -0.696
    assertThat(Golden.difference(new Fp4().single().compress(dense(weight)).weight(), weight)).isLessThanOrEqualTo(most * 0.1667);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#various")
  void roundingTwiceIsRoundingOnce(Layer layer) {
    for (Codebook once : List.of(Codebook.class.cast(new Nf4().compress(layer.linear())), (Codebook) new Fp4().compress(layer.linear()))) {
      assertThat(once.withWeight(once.weight()).weight()).isEqualTo(once.weight());
    }
  }

  @Test
  void cutRowsAndColumnsMakeAPlainMatrixOfTheSameWeights() {
    Layer layer = new Layer(3, 9, 50);
    Linear made = new Nf4().compress(layer.linear());
    NDArray some = Devices.manager().create(new long[] {4, 0, 7});
    Linear kept = made.keep(some, null);
    assertThat(kept).isInstanceOf(Dense.class);
    assertThat(kept.weight().get(0)).isEqualTo(made.weight().get(4));
    assertThat(kept.bias().getFloat(2)).isEqualTo(layer.linear().bias().getFloat(7));
  }

  @Test
  void gradientsFlowThroughTheProduct() {
    Layer layer = new Layer(4, 8, 50);
    Linear made = new Nf4().compress(layer.linear());
    NDArray x = Gradients.trainable(Devices.manager().randomNormal(new Shape(3, 50)));
    NDArray dy = Devices.manager().randomNormal(new Shape(3, 8));
    Gradients.add(() -> new Frozen(made).forward(x).mul(dy).sum());
    assertThat(Golden.difference(x.getGradient(), dy.matMul(made.weight()))).isLessThan(1e-5);
  }

  @Test
  void labels() {
    assertThat(new Nf4()).hasToString("NF4 double");
    assertThat(new Fp4().single()).hasToString("FP4");
    assertThat(new Nf4().compress(new Dense(new Layer(1, 4, 5).weight(), null, DataType.FLOAT16))).hasToString("Codebook(4 x 5, NF4 double)");
  }
}
