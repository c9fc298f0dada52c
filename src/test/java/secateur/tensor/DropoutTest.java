package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {

  private static final int N = 999_999; // no multiple of what is drawn at once

  private final Scope scope = new Scope();

  @AfterEach
  void close() {
    scope.close();
  }

  /** What is left of ones, as zeros and others. */
  private static boolean[] kept(double share, int seed) {
    NDArray y = Nn.dropout(Devices.manager().ones(new Shape(N / 9, 9)), share, seed);
    assertThat(y.getShape()).isEqualTo(new Shape(N / 9, 9));
    float[] values = y.toFloatArray();
    boolean[] kept = new boolean[N];
    for (int i = 0; i < N; i++) {
      kept[i] = values[i] != 0;
    }
    return kept;
  }

  /** Share of places from which {@code a} and, so many places on, {@code b} were both dropped. */
  private static double together(boolean[] a, boolean[] b, int on) {
    int count = 0;
    for (int i = 0; i < N; i++) {
      count += !a[i] && !b[(i + on) % N] ? 1 : 0;
    }
    return (double) count / N;
  }

  private static double error(double probability) {
    return 5 * Math.sqrt(probability * (1 - probability) / N);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.3, 0.5, 0.9})
  void theShareIsDroppedAndTheRestScaled(double share) {
    NDArray x = Devices.manager().arange(1f, N + 1f).reshape(N / 3, 3);
    NDArray y = Nn.dropout(x, share, 3);
    float[] ratios = y.div(x).toFloatArray();
    int gone = 0;
    for (float ratio : ratios) {
      gone += ratio == 0 ? 1 : 0;
      assertThat(ratio == 0 || Math.abs(ratio * (1 - share) - 1) < 1e-4 / (1 - share)).as("ratio %s", ratio).isTrue();
    }
    assertThat((double) gone / N).isCloseTo(share, within(error(share)));
  }

  @Test
  void atAlmostAllNothingIsLostButNumbers() {
    NDArray y = Nn.dropout(Devices.manager().ones(new Shape(1000, 1000)), Math.nextDown(1.0), 5);
    assertThat(y.isNaN().any().getBoolean()).isFalse();
    assertThat(y.sum().getFloat()).isCloseTo(1e6f, within(1.3e6f)); // 15 of a million are left, each 65,536
  }

  /** Java's own SplitMix64, whose first number of a seed is one step on. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 77, Integer.MIN_VALUE})
  void whatGoesIsWhatSplitMix64Says(int seed) {
    SplittableRandom source = new SplittableRandom(seed - 0x9E3779B97F4A7C15L);
    int draws = (N + 3) / 4;
    boolean[] expected = new boolean[4 * draws];
    for (int i = 0; i < draws; i++) {
      long bits = source.nextLong();
      for (int part = 0; part < 4; part++) {
        expected[part * draws + i] = (short) (bits >> 16 * part) >= 0.25 * 65536 - 32768;
      }
    }
    assertThat(kept(0.25, seed)).isEqualTo(Arrays.copyOf(expected, N));
  }

  @Test
  void oneSeedDropsTheSameAndAnotherAnother() {
    assertThat(kept(0.3, 8)).isEqualTo(kept(0.3, 8)).isNotEqualTo(kept(0.3, 9));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "1,31", "7,-7", "2147483647,-2147483648", "123456789,123456790"})
  void seedsAndPlacesAreIndependent(int first, int second) {
    boolean[] a = kept(0.2, first);
    boolean[] b = kept(0.2, second);
    for (int on : new int[] {0, 1, 2, 3, 4, 9, 64, 250_000, 500_000, 750_000}) {
      assertThat(together(a, b, on)).as("seeds, %d on", on).isCloseTo(0.04, within(error(0.04)));
      if (on > 0) {
        assertThat(together(a, a, on)).as("places, %d on", on).isCloseTo(0.04, within(error(0.04)));
      }
    }
  }

  @Test
  void gradientsPassWhereNumbersDo() {
    NDArray x = Gradients.trainable(Devices.manager().ones(new Shape(40, 50)));
    NDArray y = Gradients.add(() -> Nn.dropout(x, 0.5, 4).sum());
    assertThat(x.getGradient()).isEqualTo(Nn.dropout(Devices.manager().ones(new Shape(40, 50)), 0.5, 4));
    assertThat(y.getFloat()).isEqualTo(x.getGradient().sum().getFloat());
  }

  @Test
  void theEnginesNumbersGoOn() {
    Engine.getInstance().setRandomSeed(2);
    Nn.dropout(Devices.manager().ones(new Shape(5)), 0.5, 4);
    float[] after = Devices.manager().randomUniform(0, 1, new Shape(5)).toFloatArray();
    Engine.getInstance().setRandomSeed(2);
    assertThat(after).isEqualTo(Devices.manager().randomUniform(0, 1, new Shape(5)).toFloatArray());
  }
}
