package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.method.Layer;
import secateur.method.Method;
import secateur.method.OneLayer;
import secateur.method.PruningContract;
import secateur.method.Sparsity;
import secateur.tensor.Devices;

class WandaTest extends PruningContract {

  @Override
  protected List<Method> anyShape() {
    return List.of(new Wanda(0.5), new Wanda(Sparsity.perMatrix(0.3)), new Wanda(Sparsity.below(0.1)));
  }

  @Override
  protected List<Method> regularShape() {
    return List.of(new Wanda(2, 4), new Wanda(4, 8));
  }

  @Override
  protected Method share(double share) {
    return new Wanda(share);
  }

  @Override
  protected Method pattern(int n, int m) {
    return new Wanda(n, m);
  }

  @Test
  void theExampleOfThePaper() {
    // figure 1 of arXiv 2306.11695
    var w = Devices.manager().create(new float[] {4, 0, 1, -1, 3, -2, -1, -3, -3, 1, 0, 2}, new Shape(3, 4));
    var x = Devices.manager().create(new float[] {1, 2, 8, 3}, new Shape(1, 4));
    assertThat(OneLayer.compress(new Wanda(0.5), dense(w), x).weight().add(0).toFloatArray())
        .containsExactly(4, 0, 1, 0, 0, 0, -1, -3, -3, 0, 0, 2);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void errsLessThanMagnitude(Layer layer) {
    double magnitude = layer.error(OneLayer.compress(new Magnitude(Sparsity.perRow(0.5)), layer.linear(), null));
    assertThat(layer.error(OneLayer.compress(new Wanda(0.5), layer.linear(), layer.inputs()))).isLessThan(magnitude);
  }

  @Test
  void globalSparsityIsRefused() {
    assertThatThrownBy(() -> new Wanda(Sparsity.global(0.5))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Wanda", "one layer at a time", "perRow");
  }
}
