package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.method.Grid;
import secateur.method.Layer;
import secateur.method.Method;
import secateur.method.OneLayer;
import secateur.method.PruningContract;
import secateur.method.Sparsity;
import secateur.model.Quantized;
import secateur.quantize.Rtn;

class SparseGptTest extends PruningContract {

  @Override
  protected List<Method> anyShape() {
    return List.of(new SparseGpt(0.5), new SparseGpt(0.3).bits(3));
  }

  @Override
  protected List<Method> regularShape() {
    return List.of(new SparseGpt(2, 4), new SparseGpt(4, 8), new SparseGpt(2, 4).bits(4), new SparseGpt(0.5).onto(new Grid(4).group(32)),
        new SparseGpt(0.5).onto(new Grid(3).group(32).mse()));
  }

  @Override
  protected Method share(double share) {
    return new SparseGpt(share);
  }

  @Override
  protected Method pattern(int n, int m) {
    return new SparseGpt(n, m);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void errsLessThanMagnitude(Layer layer) {
    double magnitude = layer.error(OneLayer.compress(new Magnitude(0.5), layer.linear(), null));
    assertThat(layer.error(OneLayer.compress(new SparseGpt(0.5), layer.linear(), layer.inputs()))).isLessThan(magnitude);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void errsLessThanMagnitudeWithAPattern(Layer layer) {
    double magnitude = layer.error(OneLayer.compress(new Magnitude(2, 4), layer.linear(), null));
    assertThat(layer.error(OneLayer.compress(new SparseGpt(2, 4), layer.linear(), layer.inputs()))).isLessThan(magnitude);
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  void withNothingToRemoveAndAGridItRounds(Layer layer) {
    var made = OneLayer.compress(new SparseGpt(0).bits(4), layer.linear(), layer.inputs());
    assertThat(made).isInstanceOf(Quantized.class);
    assertThat(layer.error(made)).isLessThanOrEqualTo(layer.error(OneLayer.compress(new Rtn(4), layer.linear(), null)));
  }

  @Test
  void sharesOfARowAreRefused() {
    assertThatThrownBy(() -> new SparseGpt(Sparsity.perRow(0.5), Optional.empty(), 0.01)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SparseGPT", "perMatrix");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 2, Double.NaN})
  void aDampOutsideIsRefusedWhenItIsSet(double damp) {
    assertThatThrownBy(() -> new SparseGpt(0.5).damped(damp)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("damp is " + damp);
  }
}
