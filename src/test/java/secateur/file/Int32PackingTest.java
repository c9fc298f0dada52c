package secateur.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int32PackingTest {

  private static byte[] codes(int count, int bits, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] codes = new byte[count];
    for (int i = 0; i < count; i++) {
      codes[i] = (byte) random.nextInt(1 << bits);
    }
    return codes;
  }

  /** One row as one large number, bit by bit. */
  private static int[] bitByBit(byte[] row, int bits) {
    BigInteger all = BigInteger.ZERO;
    for (int i = 0; i < row.length; i++) {
      for (int b = 0; b < bits; b++) {
        all = (row[i] >> b & 1) == 1 ? all.setBit(i * bits + b) : all;
      }
    }
    int[] words = new int[(row.length * bits + 31) / 32];
    for (int i = 0; i < words.length; i++) {
      words[i] = all.shiftRight(32 * i).intValue();
    }
    return words;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void eachRowIsOneNumber(int bits) {
    for (int columns : new int[] {1, 7, 8, 31, 32, 33, 64, 100}) {
      byte[] all = codes(3 * columns, bits, 100L * columns + bits);
      int[] packed = Int32Packing.pack(all, 3, bits);
      int width = packed.length / 3;
      assertThat(width).isEqualTo(Int32Packing.words(columns, bits));
      for (int row = 0; row < 3; row++) {
        byte[] codes = java.util.Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
        assertThat(java.util.Arrays.copyOfRange(packed, row * width, (row + 1) * width)).as("%s columns, row %s", columns, row)
            .isEqualTo(bitByBit(codes, bits));
      }
      assertThat(Int32Packing.unpack(packed, 3, columns, bits)).isEqualTo(all);
    }
  }

  @Test
  void byHand() {
    assertThat(Int32Packing.pack(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 4)).containsExactly(0x87654321);
    assertThat(Int32Packing.pack(new byte[] {(byte) 0xff, 0, 1, 2}, 1, 8)).containsExactly(0x020100ff);
    byte[] three = new byte[32];
    three[10] = 0b110; // bits 30 to 32
    three[31] = 0b001; // bits 93 to 95
    assertThat(Int32Packing.pack(three, 1, 3)).containsExactly(0x80000000, 1, 1 << 29);
  }

  @Test
  void digitsOfAwq() {
    assertThat(Int32Packing.pack(AwqOrder.toDigits(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}), 1, 4)).containsExactly(0x75316420);
    byte[] codes = codes(64, 4, 5);
    int[] words = Int32Packing.pack(AwqOrder.toDigits(codes), 2, 4);
    for (int column = 0; column < codes.length; column++) {
      int digit = column % 2 * 4 + column % 8 / 2; // even columns in the lower half of the word, odd ones in the upper
      assertThat(words[column / 8] >>> 4 * digit & 15).as("column %s", column).isEqualTo(codes[column]);
    }
    assertThat(AwqOrder.toColumns(AwqOrder.toDigits(codes))).isEqualTo(codes);
  }
}
