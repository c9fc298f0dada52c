package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the blocks of every type. */
class BlocksTest {

  private static final int COLUMNS = 512;
  private static final int ROWS = 300;

  private final Random random = new Random(7);

  @ParameterizedTest
  @EnumSource
  void areReadyToRead(GgmlType type) {
    ByteBuffer blocks = Blocks.encode(type, Weights.GAUSS.draw(ROWS * COLUMNS, random), COLUMNS, null);
    assertThat(blocks.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(blocks.position()).isZero();
    assertThat((long) blocks.remaining()).isEqualTo(type.bytes(ROWS * COLUMNS));
  }

  /** Each row by itself, in this thread, gives the bytes that all rows give at once. */
  @ParameterizedTest
  @EnumSource
  void ofARowAreTheSameAloneAndAmongOthers(GgmlType type) {
    float[] weights = Weights.OUTLIERS.draw(ROWS * COLUMNS, random);
    float[] importance = Weights.importance(COLUMNS, random);
    ByteBuffer together = Blocks.encode(type, weights, COLUMNS, importance);
    Rows rows = new Rows(type, weights, COLUMNS, importance);
    ByteBuffer alone = ByteBuffer.allocate(together.capacity());
    for (int row = ROWS - 1; row >= 0; row--) {
      assertThat(rows.encode(row, row + 1, alone)).isEmpty();
    }
    assertThat(alone.array()).isEqualTo(together.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void doNotDependOnTheNumberOfThreads(int threads) throws Exception {
    float[] weights = Weights.GAUSS.draw(ROWS * COLUMNS, random);
    ByteBuffer expected = Blocks.encode(GgmlType.Q4_K, weights, COLUMNS, null);
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      assertThat(pool.submit(() -> Blocks.encode(GgmlType.Q4_K, weights, COLUMNS, null)).get()).isEqualTo(expected);
    } finally {
      pool.shutdown();
    }
  }

  /** A whole number of steps of Q8_0 and a power of two for a scale: nothing is lost. */
  @Test
  void keepWhatTheTypeHasANumberFor() {
    float[] weights = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      weights[i] = (i % 32 == 5 ? -127 : random.nextInt(255) - 127) / 256f;
    }
    assertThat(Blocks.decode(GgmlType.Q8_0, Blocks.encode(GgmlType.Q8_0, weights, COLUMNS, null), COLUMNS)).isEqualTo(weights);
  }

  @ParameterizedTest
  @EnumSource
  void zerosStayZeros(GgmlType type) {
    ByteBuffer blocks = Blocks.encode(type, new float[COLUMNS], COLUMNS, null);
    for (float each : Blocks.decode(type, blocks, COLUMNS)) {
      assertThat(each == 0).isTrue();
    }
  }

  /** Columns that no input ever reached. */
  @ParameterizedTest
  @EnumSource
  void areFiniteWhereNothingIsImportant(GgmlType type) {
    float[] weights = Weights.GAUSS.draw(4 * COLUMNS, random);
    float[] importance = Weights.importance(COLUMNS, random);
    Arrays.fill(importance, 0, 300, 0);
    for (float each : Blocks.decode(type, Blocks.encode(type, weights, COLUMNS, importance), weights.length)) {
      assertThat(each).isFinite();
    }
  }

  /** Whatever the bytes are, they are read: every code means some number. */
  @ParameterizedTest
  @EnumSource
  void ofAnyBytesCanBeRead(GgmlType type) {
    byte[] bytes = new byte[Math.toIntExact(type.bytes(64 * COLUMNS))];
    random.nextBytes(bytes);
    assertThat(Blocks.decode(type, ByteBuffer.wrap(bytes), 64 * COLUMNS)).hasSize(64 * COLUMNS);
  }

  @Test
  void areReadFromThePositionOnWhichStays() {
    float[] weights = Weights.GAUSS.draw(COLUMNS, random);
    ByteBuffer blocks = Blocks.encode(GgmlType.F32, weights, COLUMNS, null).position(40).order(ByteOrder.BIG_ENDIAN);
    assertThat(Blocks.decode(GgmlType.F32, blocks, 8)).containsExactly(Arrays.copyOfRange(weights, 10, 18));
    assertThat(blocks.position()).isEqualTo(40);
  }

  static Stream<Float> notFinite() {
    return Stream.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @MethodSource("notFinite")
  void refuseWhatIsNotFinite(float weight) {
    float[] weights = new float[3 * COLUMNS];
    weights[2 * COLUMNS + 7] = weight;
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_0, weights, COLUMNS, null))
        .withMessageContaining("row 2, column 7 is " + weight);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void refuseWhatHalfPrecisionHasNoScaleFor(GgmlType type) {
    float[] weights = Weights.GAUSS.draw(ROWS * COLUMNS, random);
    weights[298 * COLUMNS + 300] = 1e9f;
    weights[299 * COLUMNS] = 1e9f;
    int start = 300 / type.block() * type.block();
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(type, weights, COLUMNS, null))
        .withMessageStartingWith("row 298, from column " + start + " on, as " + type + ": ").withMessageContaining("65504");
  }

  /** Never other numbers without a word. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void refuseWhatFloat32HasNoSumsFor(GgmlType type) {
    float[] importance = Weights.importance(COLUMNS, random);
    for (float large : new float[] {1e15f, -1e20f, 1e30f, -Float.MAX_VALUE}) {
      float[] weights = Weights.GAUSS.draw(3 * COLUMNS, random);
      weights[COLUMNS + 300] = large;
      for (float[] columns : new float[][] {null, importance}) {
        assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(type, weights, COLUMNS, columns))
            .withMessageStartingWith("row 1, from column ").withMessageContaining("scale");
      }
    }
  }

  @Test
  void refuseRowsThatAreNotWholeBlocks() {
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_K, new float[288], 288, null))
        .withMessage("type Q4_K with 288 columns: allowed are multiples of its block, 256");
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_0, new float[0], 0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_0, new float[96], 64, null))
        .withMessageContaining("96 weights");
  }

  @Test
  void refuseImportanceThatDoesNotFit() {
    float[] weights = new float[64];
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_0, weights, 64, new float[32]))
        .withMessageContaining("32").withMessageContaining("64");
    float[] negative = new float[64];
    negative[9] = -1;
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_0, weights, 64, negative))
        .withMessageContaining("column 9 is -1.0");
    negative[9] = Float.NaN;
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.encode(GgmlType.Q4_0, weights, 64, negative));
  }

  @Test
  void refuseToReadMoreThanThereIs() {
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.decode(GgmlType.Q6_K, ByteBuffer.allocate(209), 256))
        .withMessage("256 weights of type Q6_K take 210 bytes, there are 209");
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.decode(GgmlType.Q6_K, ByteBuffer.allocate(999), 255));
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.decode(GgmlType.Q6_K, ByteBuffer.allocate(999), -256));
  }
}
