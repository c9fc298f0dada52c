package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** Two rows that a reader can check. */
class SparsityTest {

  private final Scope scope = new Scope();
  private final NDArray scores = Devices.manager().create(new float[] {
      8, 1, 2, 7,
      3, 6, 4, 5}, new Shape(2, 4));

  @AfterEach
  void close() {
    scope.close();
  }

  private float[] kept(Sparsity sparsity) {
    return sparsity.keep(scores).toFloatArray();
  }

  @Test
  void perMatrixRoundsUpByOneAsTheReferenceCodesDo() {
    assertThat(kept(Sparsity.perMatrix(0.5))).containsExactly(
        1, 0, 0, 1,
        0, 1, 0, 0);
  }

  @Test
  void perRow() {
    assertThat(kept(Sparsity.perRow(0.5))).containsExactly(
        1, 0, 0, 1,
        0, 1, 0, 1);
  }

  @Test
  void perRowRoundsDown() {
    assertThat(kept(Sparsity.perRow(0.74))).containsExactly(
        1, 0, 0, 1,
        0, 1, 0, 1);
  }

  @Test
  void oneOfTwo() {
    assertThat(kept(Sparsity.nm(1, 2))).containsExactly(
        1, 0, 0, 1,
        0, 1, 0, 1);
  }

  @Test
  void threeOfFour() {
    assertThat(kept(Sparsity.nm(3, 4))).containsExactly(
        1, 0, 1, 1,
        0, 1, 1, 1);
  }

  @Test
  void belowKeepsTheThresholdItself() {
    assertThat(kept(Sparsity.below(4))).containsExactly(
        1, 0, 0, 1,
        0, 1, 1, 1);
  }

  @Test
  void nothing() {
    assertThat(kept(Sparsity.perMatrix(0))).containsOnly(1);
    assertThat(kept(Sparsity.perRow(0))).containsOnly(1);
    assertThat(kept(Sparsity.below(0))).containsOnly(1);
  }

  @Test
  void everything() {
    assertThat(kept(Sparsity.perMatrix(1))).containsOnly(0);
    assertThat(kept(Sparsity.perRow(1))).containsOnly(0);
  }

  @Test
  void equalScoresOfARowGoFromTheLeft() {
    NDArray equal = Devices.manager().ones(new Shape(1, 4));
    assertThat(Sparsity.perRow(0.5).keep(equal).toFloatArray()).containsExactly(0, 0, 1, 1);
    assertThat(Sparsity.nm(1, 4).keep(equal).toFloatArray()).containsExactly(0, 0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aShareLiesBetween0And1(double share) {
    assertThatThrownBy(() -> Sparsity.perMatrix(share)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("" + share, "between 0 and 1");
    assertThatThrownBy(() -> Sparsity.perRow(share)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("" + share);
    assertThatThrownBy(() -> Sparsity.global(share)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("" + share);
  }

  @ParameterizedTest
  @CsvSource({"4, 2", "0, 4", "4, 4", "-1, 4", "1, 0", "1, 1"})
  void aPatternKeepsSomeAndRemovesSome(int n, int m) {
    assertThatThrownBy(() -> Sparsity.nm(n, m)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(n + ":" + m);
  }

  @Test
  void aPatternMustDivideTheRow() {
    assertThatThrownBy(() -> kept(Sparsity.nm(2, 3))).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("2:3", "4 inputs");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void aThresholdIsNotNegative(double threshold) {
    assertThatThrownBy(() -> Sparsity.below(threshold)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("" + threshold);
  }

  @Test
  void labels() {
    assertThat(Sparsity.perMatrix(0.5)).hasToString("50%");
    assertThat(Sparsity.perRow(0.625)).hasToString("62.5%");
    assertThat(Sparsity.nm(2, 4)).hasToString("2:4");
    assertThat(Sparsity.global(0.5)).hasToString("50% global");
    assertThat(Sparsity.below(0.01)).hasToString("below 0.01000");
  }
}
