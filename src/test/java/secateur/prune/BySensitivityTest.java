package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.Sensitivity;
import secateur.measure.Size;
import secateur.method.LeastRise;
import secateur.model.Llm;
import secateur.text.Windows;

class BySensitivityTest {

  /** The least sum of all choices that remove enough, by trying every one. */
  private static double bruteForce(double[][] rises, long[][] gone, int block, long sum) {
    if (block == rises.length) {
      return sum >= 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rises[block].length; i++) {
      least = Math.min(least, rises[block][i] + bruteForce(rises, gone, block + 1, sum + gone[block][i]));
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theChoiceIsTheBestOfAll(boolean equalBlocks) {
    Random random = new Random(4);
    for (int trial = 0; trial < 200; trial++) {
      double[][] rises = new double[5][5];
      long[][] gone = new long[5][5];
      for (int block = 0; block < 5; block++) {
        long weights = equalBlocks ? 7 : random.nextInt(1, 1000);
        for (int i = 0; i < 5; i++) {
          rises[block][i] = random.nextGaussian() + i * random.nextDouble();
          gone[block][i] = weights * (i - 2);
        }
      }
      int[] choices = LeastRise.choose(rises, gone);
      double rise = 0;
      long sum = 0;
      for (int block = 0; block < 5; block++) {
        rise += rises[block][choices[block]];
        sum += gone[block][choices[block]];
      }
      assertThat(sum).isNotNegative();
      assertThat(rise).isCloseTo(bruteForce(rises, gone, 0, 0), within(1e-9));
    }
  }

  @Test
  void sharesThatRemoveTooLittleAreRefused() {
    assertThatThrownBy(() -> LeastRise.choose(new double[][] {{0, 1}}, new long[][] {{-2, -1}})).hasMessageContaining("removes enough");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "bloom"})
  void theMeasuredSumIsNoMoreThanWithEqualShares(String name) {
    BySensitivity method = new BySensitivity(0.5, Magnitude::new).grid(0.1, 2);
    Windows text = Golden.windows(name);
    try (Llm model = Golden.model(name); Llm made = method.apply(model, text); Llm equal = new Magnitude(0.5).apply(model, text)) {
      double[] shares = method.shares(model, text);
      assertThat((shares[0] + shares[1]) / 2).isGreaterThanOrEqualTo(0.5 - 1e-12);
      assertThat(sum(model, made, text)).isLessThanOrEqualTo(sum(model, equal, text) + 1e-6);
      assertThat(Size.of(made).sparsity()).isGreaterThan(0.5 - 1e-3);
    }
  }

  private static double sum(Llm model, Llm made, Windows text) {
    return Sensitivity.ofBlocks(model, made, text).rise().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void theGridStaysWithinAllShares() {
    try (Llm model = Golden.model("llama"); Llm made = new BySensitivity(0.95).grid(0.04, 3).apply(model, Golden.windows("llama"))) {
      assertThat(Size.of(made).sparsity()).isCloseTo(0.95, within(1.0 / 32));
    }
  }

  @Test
  void labels() {
    assertThat(new BySensitivity(0.5)).hasToString("Sensitivity Wanda 50%").isEqualTo(new BySensitivity(0.5));
    assertThat(new BySensitivity(0.5, SparseGpt::new).grid(0.1, 1)).hasToString("Sensitivity SparseGPT 50% ±1 × 0.1");
  }

  @Test
  void settingsOutsideAreRefused() {
    assertThatThrownBy(() -> new BySensitivity(-0.1)).hasMessageContainingAll("-0.1", "between 0 and 1");
    assertThatThrownBy(() -> new BySensitivity(0.5).grid(0, 1)).hasMessageContainingAll("spacing is 0", "above 0");
    assertThatThrownBy(() -> new BySensitivity(0.5).grid(0.1, 0)).hasMessageContainingAll("reach is 0", "at least 1");
  }
}
