package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.gguf.Blocks;
import secateur.gguf.GgmlType;
import secateur.gguf.Half;
import secateur.gguf.Minima;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** Products with rounded inputs, against sums over the codes of both sides as llama.cpp's dot products have them, written out. */
class RoundedProductTest {

  private static final int BLOCK = 32;

  private final SplittableRandom random = new SplittableRandom(7);

  private float[] normal(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() + 0.5);
    }
    return values;
  }

  private static float half(float x) {
    return Half.toFloat(Half.of(x));
  }

  /** The codes of one block, and behind them its scale. */
  private static float[] codes(float[] x, int from, int size) {
    float peak = 0;
    for (int i = 0; i < size; i++) {
      peak = Math.max(peak, Math.abs(x[from + i]));
    }
    float[] codes = new float[size + 1];
    for (int i = 0; i < size && peak > 0; i++) {
      codes[i] = (float) Math.rint(x[from + i] * (127f / peak));
    }
    codes[size] = peak / 127f;
    return codes;
  }

  private static float[] product(Linear layer, float[] x) {
    try (Scope scope = new Scope()) {
      return layer.forward(Devices.manager().create(x, new Shape(1, x.length))).toFloatArray();
    }
  }

  private static Dense dense(float[] weights, int columns) {
    return new Dense(Devices.manager().create(weights, new Shape(weights.length / columns, columns)), null, DataType.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 256})
  void withoutAMinimumInputsAreCodesTimesScales(int size) {
    float[] x = normal(512);
    java.util.Arrays.fill(x, 256, 512, 0); // blocks of nothing
    float[] weights = normal(3 * x.length);
    double[] expected = new double[3];
    for (int from = 0; from < x.length; from += size) {
      float[] codes = codes(x, from, size);
      float scale = size == BLOCK ? half(codes[size]) : codes[size];
      for (int i = 0; i < 3 * size; i++) {
        expected[i / size] += weights[i / size * x.length + from + i % size] * codes[i % size] * scale;
      }
    }
    try (Scope scope = new Scope()) {
      Dense dense = dense(weights, x.length);
      assertSame(product(size == BLOCK ? new RoundedProduct.HalfScales(dense) : new RoundedProduct.FullScales(dense), x), expected);
    }
  }

  /** The sum over blocks of d d' Σ q q' + m s', s' = d' Σ q' as a half; q, d and m out of the bytes. */
  @ParameterizedTest
  @EnumSource(names = {"Q4_1", "Q5_1"})
  void withAMinimumSumsAreHalves(GgmlType type) {
    float[] x = normal(256);
    ByteBuffer data = Blocks.encode(type, normal(4 * x.length), x.length, null).order(ByteOrder.LITTLE_ENDIAN);
    double[] expected = new double[4];
    for (int block = 0; block < 4 * x.length / BLOCK; block++) {
      int at = block * type.blockBytes();
      float[] codes = codes(x, block * BLOCK % x.length, BLOCK);
      double products = 0;
      int sum = 0;
      for (int i = 0; i < BLOCK; i++) {
        products += code(type, data, at, i) * codes[i];
        sum += (int) codes[i];
      }
      expected[block * BLOCK / x.length] += Half.toFloat(data.getShort(at)) * half(codes[BLOCK]) * products + Half.toFloat(data.getShort(at + 2)) * half(codes[BLOCK] * sum);
    }
    try (Scope scope = new Scope()) {
      NDArray minima = Devices.manager().create(Minima.of(type, data, 4 * x.length), new Shape(4, x.length / BLOCK));
      assertSame(product(new RoundedProduct.Sums(dense(Blocks.decode(type, data, 4 * x.length), x.length), minima), x), expected);
    }
  }

  private static int code(GgmlType type, ByteBuffer data, int at, int i) {
    int low = data.get(at + type.blockBytes() - 16 + i % 16) >> 4 * (i / 16) & 15;
    return type == GgmlType.Q4_1 ? low : low | (data.getInt(at + 4) >> i & 1) << 4;
  }

  private static void assertSame(float[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo((float) expected[i], offset(2e-4f));
    }
  }
}
