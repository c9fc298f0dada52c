package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;

/** Some blocks of each type as llama.cpp writes them, for machines that its library does not run on. */
class GoldenBlocksTest {

  static final int ROWS = 2;
  static final int COLUMNS = 256;

  /** Blocks of {@link #weights} with or without {@link #importance}, and the {@link #checksum} of what they stand for. */
  record Example(GgmlType type, boolean important, byte[] blocks, long checksum) {

    private static Example parse(String line) {
      String[] parts = line.split(" ");
      return new Example(GgmlType.valueOf(parts[0]), parts[1].equals("importance"), HexFormat.of().parseHex(parts[2]),
          Long.parseLong(parts[3], 16));
    }

    float[] columns() {
      return important ? importance() : null;
    }

    @Override
    public String toString() {
      return type + (important ? " by importance" : "");
    }
  }

  static Stream<Example> examples() throws IOException {
    return Files.readAllLines(Golden.path("gguf/blocks.txt")).stream().map(Example::parse);
  }

  /** Whole numbers over powers of two, so that they are the same everywhere. */
  static float[] weights() {
    float[] weights = new float[ROWS * COLUMNS];
    int state = 1;
    for (int i = 0; i < weights.length; i++) {
      state = state * 1103515245 + 12345;
      weights[i] = (state >> 16) * (1 + i / 16 % 7) / 65536f;
    }
    return weights;
  }

  static float[] importance() {
    float[] importance = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      importance[i] = (1 + i * 37 % 101) / 64f;
    }
    return importance;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void encode(Example example) {
    assertThat(Blocks.encode(example.type, weights(), COLUMNS, example.columns()).array()).isEqualTo(example.blocks);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void decode(Example example) {
    assertThat(checksum(Blocks.decode(example.type, ByteBuffer.wrap(example.blocks), ROWS * COLUMNS))).isEqualTo(example.checksum);
  }

  /** CRC-32 of little-endian float32. */
  static long checksum(float[] weights) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }
}
