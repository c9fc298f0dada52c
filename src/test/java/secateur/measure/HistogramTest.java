package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import secateur.model.Dense;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

class HistogramTest {

  private static final float[] WEIGHTS = {-1, -0.9f, -0.1f, 0, 0, 0.1f, 0.5f, 1};

  @Test
  void byHand() {
    try (Scope scope = new Scope()) {
      Dense layer = new Dense(Devices.manager().create(WEIGHTS, new Shape(2, 4)), null, DataType.FLOAT32);
      Histogram histogram = Histogram.of(layer, 5, 1); // -1 to -0.6 to -0.2 to 0.2 to 0.6 to 1
      assertThat(histogram.counts()).containsExactly(2, 0, 4, 1, 1);
      assertThat(histogram.middles()).containsExactly(new double[] {-0.8, -0.4, 0, 0.4, 0.8}, within(1e-12));
    }
  }

  @Test
  void theReachIsTheLargestMagnitude() {
    try (Scope scope = new Scope()) {
      Dense layer = new Dense(Devices.manager().create(new float[] {0.5f, -3, 2, 0}, new Shape(2, 2)), null, DataType.FLOAT32);
      assertThat(Histogram.reach(layer)).isEqualTo(3);
    }
  }
}
