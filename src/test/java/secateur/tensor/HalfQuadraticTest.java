package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both steps of half-quadratic splitting against minima found by trying. */
class HalfQuadraticTest {

  private static final Script COLUMNS = Script.of("columns");
  private static final double P = 0.7;
  private static final int TRIED = 200_000;

  /** Where {@code f} is smallest among numbers that lie side by side from {@code low} to {@code high}. */
  private static double least(DoubleUnaryOperator f, double low, double high) {
    double best = low;
    for (int i = 1; i <= TRIED; i++) {
      double each = low + (high - low) * i / TRIED;
      best = f.applyAsDouble(each) < f.applyAsDouble(best) ? each : best;
    }
    return best;
  }

  private static float shrunk(double r, double b) {
    return COLUMNS.call("shrink", Devices.manager().create(new float[] {(float) r}), Devices.scalar(b)).getFloat(0);
  }

  private static double proximal(double r, double b) {
    return least(e -> Math.pow(e, P) / P + b / 2 * (e - r) * (e - r), 0, r);
  }

  /** The authors' shrinkage takes the slope of |e|^0.7 at r for that at e, so what it takes away is too little by its own share of r. */
  @ParameterizedTest
  @ValueSource(doubles = {10, 11, 12.2})
  void numbersAreMadeSmallerAsTheProximalStepDoes(double b) {
    try (Scope scope = new Scope()) {
      for (double r = 1; r < 20; r *= 1.3) {
        double taken = r - proximal(r, b);
        assertThat((r - shrunk(r, b)) / taken).as("r %s", r).isCloseTo(1, within(0.4 * taken / r + 1e-3));
        assertThat(shrunk(-r, b)).isEqualTo(-shrunk(r, b));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 11, 12.2})
  void smallNumbersBecomeZeroWhereTheProximalStepIsZero(double b) {
    try (Scope scope = new Scope()) {
      double bound = Math.pow(b, -1 / (2 - P));
      for (double r = bound / 1000; r < bound; r *= 1.5) {
        assertThat(shrunk(r, b)).as("r %s", r).isZero();
        assertThat(proximal(r, b)).isZero();
      }
      assertThat(shrunk(1.01 * bound, b)).isPositive();
      assertThat(shrunk(0, b)).isZero();
    }
  }

  @Test
  void theZeroIsTheLeastOfItsQuadratic() {
    try (Scope scope = new Scope()) {
      NDArray q = Devices.manager().randomUniform(0, 8, new Shape(1, 3, 16)).floor();
      NDArray y = Devices.manager().randomNormal(new Shape(1, 3, 16));
      NDArray s = Devices.manager().randomUniform(0.1f, 2, new Shape(1, 3, 1));
      NDArray zero = COLUMNS.call("middle", q, y, s);
      for (int group = 0; group < 3; group++) {
        float[] codes = q.get(0, group).toFloatArray();
        float[] numbers = y.get(0, group).toFloatArray();
        float step = s.getFloat(0, group, 0);
        double least = least(z -> IntStream.range(0, 16).mapToDouble(i -> Math.pow(numbers[i] - (codes[i] - z) * step, 2)).sum(), -40, 48);
        assertThat(zero.getFloat(0, group, 0)).isCloseTo((float) least, within(1e-3f));
      }
    }
  }
}
