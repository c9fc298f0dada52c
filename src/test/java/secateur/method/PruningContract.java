package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.Size;
import secateur.model.Llm;

/** What every method that removes weights promises besides: as many zeros as asked for, where they were asked for. */
public abstract class PruningContract extends MethodContract {

  /** The method that removes a share, of whatever it takes shares of. */
  protected abstract Method share(double share);

  /** The method that keeps n of every m. */
  protected abstract Method pattern(int n, int m);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.75, 0.9})
  final void theShareIsMet(double share) {
    try (Llm model = Golden.model("llama"); Llm made = share(share).apply(model, Golden.windows("llama"))) {
      Size.sparsityByLayer(made).forEach((name, sparsity) -> {
        // one element too many for each matrix, or for each of its blocks of 128 columns; less than one too few for each row
        double slack = Math.max(2.0 / made.layer(name).size(), 1.0 / made.layer(name).columns());
        assertThat(sparsity).as(name).isCloseTo(share, within(slack));
      });
    }
  }

  @Test
  final void everythingCanGo() {
    try (Llm model = Golden.model("llama"); Llm made = share(1).apply(model, Golden.windows("llama"))) {
      assertThat(Size.of(made).nonZeros()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.method.Layer#regular")
  final void thePatternHoldsInEveryGroup(Layer layer) {
    for (int[] nm : new int[][] {{2, 4}, {1, 4}, {4, 8}, {1, 2}}) {
      NDArray made = OneLayer.compress(pattern(nm[0], nm[1]), layer.linear(), layer.inputs()).weight();
      float[] weights = made.toFloatArray();
      for (int i = 0; i < weights.length; i += nm[1]) {
        int kept = 0;
        for (int j = i; j < i + nm[1]; j++) {
          kept += weights[j] == 0 ? 0 : 1;
        }
        assertThat(kept).as("group at %d, seed %d", i, layer.seed()).isEqualTo(nm[0]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, -0.5, Double.NaN})
  final void aShareOutsideIsRefused(double share) {
    assertThatThrownBy(() -> share(share)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("" + share, "between 0 and 1");
  }

  @ParameterizedTest
  @CsvSource({"4, 2", "0, 4", "3, 3"})
  final void aPatternThatIsNoneIsRefused(int n, int m) {
    assertThatThrownBy(() -> pattern(n, m)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(n + ":" + m);
  }

  @Test
  final void aPatternThatDoesNotFitNamesTheLayer() {
    try (Llm model = Golden.model("llama")) { // down has 172 inputs, all others 64
      assertThatThrownBy(() -> pattern(4, 8).apply(model, Golden.windows("llama"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("0.down", "4:8", "172");
    }
  }
}
