package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightOnlyTest {

  private static final int ROWS = 16;
  private static final int COLUMNS = 256;

  /** Where PyTorch 2.11 puts each code on an H200, read off matrices that hold the digits of their places' numbers. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void theLayoutOfCuda(int tile) {
    try (Scope scope = new Scope()) {
      Script script = Script.of("weight_only_cuda");
      NDArray codes = Devices.manager().randomInteger(0, 16, new Shape(ROWS, COLUMNS), DataType.INT32).toType(DataType.UINT8, false);
      NDArray packed = script.call("pack", codes, Devices.scalar(tile));
      assertThat(packed.getShape()).isEqualTo(new Shape(ROWS / 8, COLUMNS / 16 / tile, 32, tile / 2));
      int[] words = packed.toIntArray();
      byte[] each = codes.toByteArray();
      for (int i = 0; i < ROWS * COLUMNS; i++) {
        int digit = i % 8;
        int word = i / 8 % (tile / 2);
        int lane = i / 8 / (tile / 2) % 32;
        int block = i / 8 / (tile / 2) / 32;
        int row = block / (COLUMNS / 16 / tile) * 8 + lane / 4;
        int column = block % (COLUMNS / 16 / tile) * 16 * tile + 32 * word + 2 * (lane % 4) + digit % 4 * 8 + digit / 4;
        assertThat(words[i / 8] >>> 4 * digit & 15).isEqualTo(each[row * COLUMNS + column]);
      }
      assertThat(script.call("unpack", packed, Devices.scalar(tile))).isEqualTo(codes);
    }
  }
}
