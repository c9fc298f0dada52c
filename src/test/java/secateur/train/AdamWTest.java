package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

class AdamWTest {

  /** Three steps on sum(g * p), whose gradient is g, against the paper's algorithm in doubles. */
  @Test
  void threeStepsFollowThePaper() {
    try (Scope scope = new Scope()) {
      float[] p = {1, -2, 0.5f, 3};
      float[][] gradients = {{3, 0, -4, 0}, {0.1f, -0.2f, 0.3f, 0.1f}, {-1, 1, 2, -2}};
      NDArray value = Devices.manager().create(p, new Shape(2, 2));
      value.setRequiresGradient(true);
      Parameter parameter = new Parameter("p", value, value.stopGradient().zerosLike(), value.stopGradient().zerosLike());
      Reference reference = new Reference(new double[] {1, -2, 0.5, 3});
      for (int step = 1; step <= 3; step++) {
        NDArray g = Devices.manager().create(gradients[step - 1], new Shape(2, 2));
        Gradients.add(() -> value.mul(g).sum());
        int now = step;
        Gradients.none(() -> {
          NDArray squares = Devices.manager().zeros(new Shape(1));
          parameter.addSquare(squares);
          parameter.move(AdamW.USUAL, 0.01, now, squares);
        });
        reference.step(gradients[step - 1], step);
      }
      float[] got = value.toFloatArray();
      for (int i = 0; i < 4; i++) {
        assertThat((double) got[i]).isCloseTo(reference.p[i], Offset.offset(1e-6));
      }
      assertThat(value.getGradient().toFloatArray()).containsOnly(0f);
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new AdamW(1, 0.9, 1e-8, 0, 1)).hasMessageContaining("beta1 is 1.0");
    assertThatThrownBy(() -> new AdamW(0.9, 0.95, 0, 0, 1)).hasMessageContaining("eps is 0.0");
    assertThatThrownBy(() -> AdamW.USUAL.decay(Double.NaN)).hasMessageContaining("decay is NaN");
    assertThatThrownBy(() -> new AdamW(0.9, 0.95, 1e-8, 0, 0)).hasMessageContaining("clip is 0.0");
    assertThatThrownBy(() -> new Schedule(10, 11, 1e-3, 0)).hasMessageContaining("warm-up");
    assertThatThrownBy(() -> new Schedule(10, 1, 0, 0)).hasMessageContaining("peak");
    assertThatThrownBy(() -> Recipe.of(1, 0.1).accumulate(0)).hasMessageContaining("0 batches");
  }

  @Test
  void theRateRisesThenFollowsHalfACosine() {
    Schedule schedule = new Schedule(110, 10, 1e-3, 0.1);
    Offset<Double> close = Offset.offset(1e-12);
    assertThat(schedule.rate(0)).isCloseTo(1e-4, close);
    assertThat(schedule.rate(9)).isCloseTo(1e-3, close);
    assertThat(schedule.rate(60)).isCloseTo(0.55e-3, close);
    assertThat(schedule.rate(110)).isCloseTo(1e-4, close);
  }

  private static final class Reference {
    final double[] p;
    final double[] m = new double[4];
    final double[] v = new double[4];

    Reference(double[] p) {
      this.p = p;
    }

    void step(float[] g, int t) {
      double norm = 0;
      for (float x : g) {
        norm += x * x;
      }
      double scale = Math.min(1, 1 / (Math.sqrt(norm) + 1e-6));
      for (int i = 0; i < 4; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i] * scale;
        v[i] = 0.95 * v[i] + 0.05 * g[i] * scale * g[i] * scale;
        double update = m[i] / (1 - Math.pow(0.9, t)) / (Math.sqrt(v[i] / (1 - Math.pow(0.95, t))) + 1e-8);
        p[i] = p[i] * (1 - 0.01 * 0.1) - 0.01 * update;
      }
    }
  }
}
