package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private static final float[] LOGITS = {1, 3, 2, 3};

  @Test
  void greedyTakesTheFirstOfTheLargest() {
    assertThat(Sampler.GREEDY.choose(LOGITS)).isEqualTo(1);
  }

  @Test
  void coldSamplingIsGreedy() {
    Sampler cold = Sampler.temperature(1e-3, 0);
    assertThat(IntStream.range(0, 100).map(i -> cold.choose(new float[] {1, 3, 2}))).containsOnly(1);
  }

  @Test
  void oneSeedDrawsTheSame() {
    Sampler a = Sampler.temperature(1, 42);
    Sampler b = Sampler.temperature(1, 42);
    assertThat(IntStream.range(0, 50).map(i -> a.choose(LOGITS)).toArray())
        .isEqualTo(IntStream.range(0, 50).map(i -> b.choose(LOGITS)).toArray());
  }

  @Test
  void drawsFollowTheSoftmax() {
    float[] logits = {0, (float) Math.log(2), (float) Math.log(5)}; // 1/8, 2/8, 5/8
    Sampler sampler = Sampler.temperature(1, 7);
    double[] share = new double[3];
    for (int i = 0; i < 20_000; i++) {
      share[sampler.choose(logits)] += 1 / 20_000.;
    }
    assertThat(share).containsExactly(new double[] {1 / 8., 2 / 8., 5 / 8.}, within(0.015)); // 4 standard errors
  }

  @Test
  void hugeAndForbiddenLogits() {
    Sampler sampler = Sampler.temperature(1, 0);
    assertThat(IntStream.range(0, 100).map(i -> sampler.choose(new float[] {Float.NEGATIVE_INFINITY, 3e38f, -3e38f}))).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void aTemperatureIsPositive(double temperature) {
    assertThatThrownBy(() -> Sampler.temperature(temperature, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + temperature);
  }
}
