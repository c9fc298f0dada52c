package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.measure.Size;
import secateur.method.Method;
import secateur.method.OneLayer;
import secateur.method.PruningContract;
import secateur.method.Sparsity;
import secateur.model.Llm;
import secateur.tensor.Devices;

class MagnitudeTest extends PruningContract {

  @Override
  protected List<Method> anyShape() {
    return List.of(new Magnitude(0.5), new Magnitude(Sparsity.perRow(0.3)), new Magnitude(Sparsity.below(0.05)));
  }

  @Override
  protected List<Method> regularShape() {
    return List.of(new Magnitude(2, 4), new Magnitude(4, 8));
  }

  @Override
  protected Method share(double share) {
    return new Magnitude(share);
  }

  @Override
  protected Method pattern(int n, int m) {
    return new Magnitude(n, m);
  }

  @Test
  void byHand() {
    var w = Devices.manager().create(new float[] {0.3f, -2, 0.1f, 1, -0.2f, 0.4f}, new Shape(2, 3));
    assertThat(OneLayer.compress(new Magnitude(Sparsity.perRow(0.4)), dense(w), null).weight().add(0).toFloatArray())
        .containsExactly(0.3f, -2, 0, 1, 0, 0.4f);
  }

  @Test
  void globalSparsityIsMetOverAllLayersTogether() {
    try (Llm model = Golden.model("bloom"); Llm made = new Magnitude(Sparsity.global(0.4)).apply(model, null)) {
      Map<String, Double> byLayer = Size.sparsityByLayer(made);
      assertThat(Size.of(made).sparsity()).isCloseTo(0.4, within(1e-4));
      assertThat(byLayer.values()).anyMatch(sparsity -> Math.abs(sparsity - 0.4) > 1e-3);
    }
  }

  @Test
  void allCanGoGlobally() {
    try (Llm model = Golden.model("bloom"); Llm made = new Magnitude(Sparsity.global(1)).apply(model, null)) {
      assertThat(Size.of(made).nonZeros()).isZero();
    }
  }
}
