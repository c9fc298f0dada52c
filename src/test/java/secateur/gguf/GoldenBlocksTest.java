package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Some blocks of each type as llama.cpp writes them, for machines that its library does not run on. */
class GoldenBlocksTest {

  static final int ROWS = 2;
  static final int COLUMNS = 256;

  /** Blocks of {@link #weights} with or without {@link #importance}. */
  record Golden(GgmlType type, boolean important, byte[] blocks) {

    private static Golden parse(String line) {
      String[] parts = line.split(" ");
      return new Golden(GgmlType.valueOf(parts[0]), parts[1].equals("importance"), HexFormat.of().parseHex(parts[2]));
    }

    float[] columns() {
      return important ? importance() : null;
    }

    @Override
    public String toString() {
      return type + (important ? " by importance" : "");
    }
  }

  static Stream<Golden> golden() throws IOException {
    try (InputStream in = GoldenBlocksTest.class.getResourceAsStream("blocks.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().map(Golden::parse);
    }
  }

  /** Whole numbers over powers of two, so that they are the same everywhere. */
  static float[] weights() {
    float[] weights = new float[ROWS * COLUMNS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i * 7919 % 2003 - 1001) / 4096f * (1 + i / 16 % 7);
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
  @MethodSource("golden")
  void encode(Golden golden) {
    assertThat(Blocks.encode(golden.type, weights(), COLUMNS, golden.columns()).array()).isEqualTo(golden.blocks);
  }

  /** A weight is off by no more than half a step between codes, of which there are two to the number of whole bits. */
  @ParameterizedTest
  @MethodSource("golden")
  void decode(Golden golden) {
    float[] weights = weights();
    float[] decoded = Blocks.decode(golden.type, ByteBuffer.wrap(golden.blocks), weights.length);
    double error = 0;
    double energy = 0;
    for (int i = 0; i < weights.length; i++) {
      error += Math.pow(decoded[i] - weights[i], 2);
      energy += Math.pow(weights[i], 2);
    }
    int bits = (int) golden.type.bitsPerWeight();
    assertThat(Math.sqrt(error / energy)).isLessThan(Math.pow(2, 1 - bits));
  }
}
