package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {

  private final NDManager manager = Devices.manager();
  private final Scope scope = new Scope();

  @AfterEach
  void close() {
    scope.close();
  }

  private NDArray codes(int rows, int columns, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return manager.create(bytes, new Shape(rows, columns)).toType(DataType.UINT8, true);
  }

  private NDArray random(int rows, int columns, int bits) {
    return codes(rows, columns, new Random(bits).ints((long) rows * columns, 0, 1 << bits).toArray());
  }

  @ParameterizedTest
  @CsvSource({"1, '[1]'", "2, '[2]'", "3, '[1, 2]'", "4, '[4]'", "5, '[1, 4]'", "6, '[2, 4]'", "7, '[1, 2, 4]'", "8, '[8]'"})
  void planesOfEachWidth(int bits, String widths) {
    assertThat(Bits.widths(bits)).hasToString(widths);
  }

  @Test
  void fourBitsByHand() {
    List<NDArray> planes = Bits.pack(codes(1, 8, 1, 2, 3, 4, 15, 0, 0, 15), 4);
    assertThat(planes).hasSize(1);
    assertThat(planes.get(0).toUint8Array()).containsExactly(0x21, 0x43, 0x0f, 0xf0);
  }

  @Test
  void threeBitsByHand() {
    List<NDArray> planes = Bits.pack(codes(1, 8, 0, 1, 2, 3, 4, 5, 6, 7), 3);
    assertThat(planes.get(0).toUint8Array()).containsExactly(0b10101010); // lowest bits
    assertThat(planes.get(1).toUint8Array()).containsExactly(0b01_01_00_00, 0b11_11_10_10); // upper two
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void randomCodesComeBack(int bits) {
    NDArray codes = random(7, 40, bits);
    assertThat(Bits.unpack(Bits.pack(codes, bits), bits).toUint8Array()).isEqualTo(codes.toUint8Array());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void packedWithoutWaste(int bits) {
    long bytes = Bits.pack(random(7, 40, bits), bits).stream().mapToLong(NDArray::size).sum();
    assertThat(bytes).isEqualTo(7 * 40 * bits / 8);
  }

  @Test
  void dequantizedByHand() {
    NDArray scale = manager.create(new float[] {0.5f, 2});
    NDArray weight = Bits.dequantize(codes(1, 4, 0, 3, 1, 2), scale.reshape(1, 2), codes(1, 2, 1, 0), null);
    assertThat(weight.toFloatArray()).containsExactly(-0.5f, 1, 2, 4);
  }

  @Test
  void dequantizedWithGroupsOutOfOrder() {
    NDArray groups = manager.create(new long[] {1, 0, 1, 0});
    NDArray scale = manager.create(new float[] {0.5f, 2}, new Shape(1, 2));
    NDArray weight = Bits.dequantize(codes(1, 4, 0, 3, 1, 2), scale, codes(1, 2, 1, 0), groups);
    assertThat(weight.toFloatArray()).containsExactly(0, 1, 2, 0.5f);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void quantizingWhatWasDequantizedGivesTheSameCodes(int bits) {
    NDArray codes = random(5, 24, bits);
    NDArray scale = manager.create(new Random(1).doubles(15, 0.01, 2).toArray()).toType(DataType.FLOAT32, false).reshape(5, 3);
    NDArray zero = random(5, 3, bits);
    NDArray back = Bits.quantize(Bits.dequantize(codes, scale, zero, null), scale, zero, null, bits);
    assertThat(back.toUint8Array()).isEqualTo(codes.toUint8Array());
  }
}
