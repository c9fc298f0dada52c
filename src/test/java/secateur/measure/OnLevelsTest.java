package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.model.Levels;
import secateur.model.Linear;
import secateur.model.Llm;

class OnLevelsTest {

  private static final int BLOCK = 64;

  @Test
  void sharesAreOfTheNearestLevels() {
    try (Llm model = Golden.model("llama")) {
      Linear layer = model.layer("1.down");
      OnLevels on = OnLevels.of(layer, Levels.FP4.numbers());
      float[] w = layer.weight().toFloatArray();
      double[] expected = new double[on.levels().length];
      for (int i = 0; i < w.length; i++) {
        expected[nearest(on.levels(), w[i] / peak(w, i / BLOCK))] += 1.0 / w.length;
      }
      assertThat(on.levels()).isSorted();
      // FP4 has two zeros
      assertThat(merged(on.levels(), on.shares())).containsExactly(merged(on.levels(), expected), within(2.0 / w.length));
    }
  }

  @Test
  void theDensityHoldsAllWeights() {
    try (Llm model = Golden.model("llama")) {
      OnLevels on = OnLevels.of(model.layer("0.v"), Levels.NF4.numbers());
      double width = on.places()[1] - on.places()[0];
      assertThat(Arrays.stream(on.density()).sum() * width).isCloseTo(1, within(1e-6));
      assertThat(on.density()[0]).isZero();
      assertThat(on.density()[on.density().length - 1]).isZero();
      long blocks = model.layer("0.v").size() / BLOCK;
      assertThat((on.density()[1] + on.density()[on.density().length - 2]) * width * BLOCK).isGreaterThanOrEqualTo(1 - 1.0 / blocks);
    }
  }

  private static float peak(float[] w, int block) {
    float peak = 0;
    for (int i = block * BLOCK; i < Math.min(w.length, (block + 1) * BLOCK); i++) {
      peak = Math.max(peak, Math.abs(w[i]));
    }
    return peak;
  }

  private static int nearest(double[] levels, double place) {
    int best = 0;
    for (int i = 1; i < levels.length; i++) {
      best = Math.abs(levels[i] - place) < Math.abs(levels[best] - place) ? i : best;
    }
    return best;
  }

  /** {@code shares} with those of equal levels added up. */
  private static double[] merged(double[] levels, double[] shares) {
    return Arrays.stream(levels).distinct().map(level -> {
      double sum = 0;
      for (int i = 0; i < levels.length; i++) {
        sum += levels[i] == level ? shares[i] : 0;
      }
      return sum;
    }).toArray();
  }
}
