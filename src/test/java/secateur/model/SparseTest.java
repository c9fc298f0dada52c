package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.tensor.Select;

/** What layers without zeros promise, whatever their shape. */
class SparseTest {

  private static final NDManager MANAGER = Devices.manager();
  private final Scope scope = new Scope();

  @AfterEach
  void close() {
    scope.close();
  }

  /** A random layer of a random shape. */
  record Case(int seed, boolean pairs, DataType type) {

    Dense dense() {
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(40);
      int columns = pairs ? 4 * (1 + random.nextInt(12)) : 1 + random.nextInt(45);
      double share = random.nextDouble();
      float[] w = new float[rows * columns];
      for (int i = 0; i < w.length; i++) {
        w[i] = !pairs && random.nextDouble() < share ? -0f : (float) random.nextGaussian();
      }
      for (int group = 0; pairs && group < w.length; group += 4) {
        int keep = random.nextInt(3);
        int from = random.nextInt(4);
        for (int i = keep; i < 4; i++) {
          w[group + (from + i) % 4] = 0;
        }
      }
      NDArray bias = seed % 2 == 0 ? null : MANAGER.randomNormal(new Shape(rows)).toType(type, false);
      return new Dense(MANAGER.create(w, new Shape(rows, columns)).toType(type, false), bias, DataType.FLOAT16);
    }

    Sparse sparse(Dense dense) {
      return pairs ? Sparse24.of(dense) : Bitmask.of(dense);
    }
  }

  static Stream<Case> cases() {
    return IntStream.range(0, 24).mapToObj(seed -> new Case(seed, seed % 3 == 0, seed % 8 == 7 ? DataType.FLOAT16 : DataType.FLOAT32));
  }

  private static float[] numbers(NDArray array) {
    return array.toType(DataType.FLOAT32, false).toFloatArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyWeightComesBack(Case each) {
    Dense dense = each.dense();
    Sparse sparse = each.sparse(dense);
    assertThat(numbers(sparse.dense().matrix().add(0f))).isEqualTo(numbers(dense.matrix().add(0f))); // -0 + 0 is 0
    assertThat(sparse.dense().matrix().getDataType()).isEqualTo(each.type());
    assertThat(sparse.weight().getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(sparse.rows()).isEqualTo(dense.rows());
    assertThat(sparse.columns()).isEqualTo(dense.columns());
    assertThat(sparse.stored()).isEqualTo(dense.stored());
    assertThat(sparse.type()).isEqualTo(each.type());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProductIsThatOfTheDenseLayer(Case each) {
    Dense dense = new Case(each.seed(), each.pairs(), DataType.FLOAT32).dense();
    NDArray x = MANAGER.randomNormal(new Shape(2, 3, dense.columns()));
    assertThat(Golden.difference(each.sparse(dense).forward(x), dense.forward(x))).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void partsOfItAreThoseOfTheDenseLayer(Case each) {
    Dense dense = each.dense();
    NDArray outputs = Select.places(IntStream.range(0, (int) dense.rows()).filter(i -> i % 2 == 0).asLongStream().toArray());
    NDArray inputs = Select.places(0, dense.columns() - 1);
    Sparse sparse = each.sparse(dense);
    for (NDArray[] kept : new NDArray[][] {{outputs, null}, {null, inputs}, {outputs, inputs}}) {
      Linear wanted = dense.keep(kept[0], kept[1]);
      Linear there = sparse.keep(kept[0], kept[1]);
      assertThat(numbers(there.weight().add(0f))).isEqualTo(numbers(wanted.weight().add(0f)));
      assertThat(there.bias() == null).isEqualTo(wanted.bias() == null);
      assertThat(there).isInstanceOf(kept[1] == null ? sparse.getClass() : Bitmask.class);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anotherWeightIsStoredInTheSameForm(Case each) {
    Dense dense = each.dense();
    Sparse sparse = each.sparse(dense);
    Sparse twice = sparse.withWeight(sparse.weight().mul(2));
    assertThat(twice).isInstanceOf(sparse.getClass());
    assertThat(numbers(twice.weight())).isEqualTo(numbers(sparse.weight().mul(2)));
    assertThat(twice.bias()).isSameAs(sparse.bias());
    assertThat(twice.type()).isEqualTo(each.type());
    assertThatThrownBy(() -> sparse.withWeight(sparse.weight().get("0:0"))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, " + dense.columns() + ")");
  }

  @Test
  void bytesAreCountedByHand() {
    NDArray w = MANAGER.create(new float[] {1, 0, 0, 2, 0, 3, 0, 4, 5, 0, 6, 0}, new Shape(1, 12)).repeat(0, 10);
    Dense dense = new Dense(w, MANAGER.zeros(new Shape(10)), DataType.FLOAT16);
    assertThat(Sparse24.of(dense).bytes()).isEqualTo(10 * 6 * 4 + 10 * 2 + 10 * 4);
    assertThat(Sparse24.of(dense).storedBytes()).isEqualTo(10 * 6 * 2 + 10 * 2 + 10 * 2 + 2 * 8);
    assertThat(Bitmask.of(dense).bytes()).isEqualTo(10 * 6 * 4 + 10 * 2 + 10 * 4);
    assertThat(Bitmask.of(dense).storedBytes()).isEqualTo(10 * 6 * 2 + 10 * 2 + 10 * 2 + 10 * 8 + 2 * 8);
    assertThat(Sparse24.of(dense).weights().unpacked().bits().get("0").toUint8Array()).containsExactly(0b10101001, 0b0101);
  }

  @Test
  void ofEqualMagnitudesTwoHavePlaces() {
    Dense zeros = new Dense(MANAGER.zeros(new Shape(2, 8)), null, DataType.FLOAT32);
    assertThat(Sparse24.of(zeros).weights().unpacked().values().getShape()).isEqualTo(new Shape(2, 4));
    assertThat(numbers(Sparse24.of(zeros).weight())).containsOnly(0);
    assertThat(numbers(Bitmask.of(zeros).weight())).containsOnly(0);
    assertThat(Bitmask.of(zeros)).hasToString("Bitmask(2 x 8, 100.0% zeros)");
  }

  @Test
  void threeOfFourAreRefused() {
    NDArray w = MANAGER.zeros(new Shape(5, 12));
    w.set(new ai.djl.ndarray.index.NDIndex("3, 4:7"), 1f);
    w.set(new ai.djl.ndarray.index.NDIndex("4, 0:4"), 1f);
    Dense dense = new Dense(w, null, DataType.FLOAT32);
    assertThat(Sparse24.fits(dense)).isFalse();
    assertThatThrownBy(() -> Sparse24.of(dense)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a layer of shape (5, 12) is not 2:4: row 3 has 3 non-zeros in inputs 4 to 7, allowed are 2");
    Sparse24 zeros = Sparse24.of(new Dense(w.mul(0), null, DataType.FLOAT32));
    assertThatThrownBy(() -> zeros.withWeight(w)).hasMessageContaining("row 3 has 3 non-zeros");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 13})
  void inputsThatFourDoesNotDivideAreRefused(int columns) {
    Dense dense = new Dense(MANAGER.zeros(new Shape(2, columns)), null, DataType.FLOAT32);
    assertThatThrownBy(() -> Sparse24.of(dense)).hasMessageContaining("4 does not divide its " + columns + " inputs");
  }

  @Test
  void itSaysHowProductsAreComputed() {
    Sparse24 layer = Sparse24.unpacked(new Dense(MANAGER.zeros(new Shape(16, 32)), null, DataType.FLOAT32));
    assertThat(layer.path()).isEqualTo("unpacked");
    assertThat(layer).hasToString("Sparse24(16 x 32, unpacked)");
  }

  @Test
  void numbersThatAreNoneStay() {
    float[] odd = {Float.NaN, 0, 0, Float.NEGATIVE_INFINITY, 0, Float.MIN_VALUE, 0, 0};
    Dense dense = new Dense(MANAGER.create(odd, new Shape(1, 8)), null, DataType.FLOAT32);
    assertThat(numbers(Bitmask.of(dense).weight())).isEqualTo(odd);
    assertThat(numbers(Sparse24.of(dense).weight())).isEqualTo(odd);
  }
}
