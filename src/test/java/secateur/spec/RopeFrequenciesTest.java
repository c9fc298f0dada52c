package secateur.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class RopeFrequenciesTest {

  private static double[] of(String config, int size) {
    return new RopeFrequencies(new Config(JsonParser.parseString(config).getAsJsonObject())).of(size);
  }

  @Test
  void powersOfTheta() {
    assertThat(of("{}", 8)).containsExactly(new double[] {1, 0.1, 0.01, 0.001}, within(1e-15));
    assertThat(of("{'rope_theta': 16}", 8)).containsExactly(new double[] {1, 0.5, 0.25, 0.125}, within(1e-15));
  }

  @Test
  void everySpelling() {
    double[] expected = of("{'rope_theta': 16, 'partial_rotary_factor': 0.5}", 16);
    assertThat(expected).hasSize(4);
    assertThat(of("{'rope_parameters': {'rope_theta': 16, 'partial_rotary_factor': 0.5}}", 16)).isEqualTo(expected);
    assertThat(of("{'rotary_emb_base': 16, 'rotary_pct': 0.5}", 16)).isEqualTo(expected);
  }

  @Test
  void linear() {
    assertThat(of("{'rope_scaling': {'type': 'linear', 'factor': 4}}", 4)).containsExactly(new double[] {0.25, 0.0025}, within(1e-15));
  }

  @Test
  void llama3KeepsShortWavesAndStretchesLongOnes() {
    String config = """
        {"rope_theta": 500000, "rope_scaling": {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4,
         "original_max_position_embeddings": 8192}}""";
    double[] plain = of("{'rope_theta': 500000}", 128);
    double[] scaled = of(config, 128);
    assertThat(scaled[0]).isEqualTo(plain[0]);
    assertThat(scaled[63]).isCloseTo(plain[63] / 8, within(1e-15));
    int middle = 31;
    double turns = 8192 * plain[middle] / (2 * Math.PI);
    assertThat(turns).isBetween(1.0, 4.0);
    double smooth = (turns - 1) / 3;
    assertThat(scaled[middle]).isCloseTo((1 - smooth) * plain[middle] / 8 + smooth * plain[middle], within(1e-12));
  }

  @Test
  void anUnknownScalingIsRefused() {
    assertThatThrownBy(() -> of("{'rope_scaling': {'type': 'dynamic', 'factor': 2}}", 8))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("'dynamic'", "llama3");
  }
}
