package secateur.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks are, byte for byte, what llama.cpp's own code writes: on more than a million weights per type, with and without importance. */
class BlocksAgainstGgmlTest {

  private static final int ROWS = 46;
  private static final int[] COLUMNS = {256, 1280, 768};

  @TempDir
  private static Path directory;
  private static Ggml ggml;

  @BeforeAll
  static void load() throws Exception {
    assumeTrue(Ggml.runsHere(), "libjllama.so of de.kherud:llama is for Linux on x86-64: blocks are not held against llama.cpp here");
    ggml = Ggml.in(directory);
  }

  @ParameterizedTest
  @EnumSource
  void plain(GgmlType type) {
    for (Weights weights : Weights.values()) {
      compare(type, weights, false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void byImportance(GgmlType type) {
    for (Weights weights : Weights.values()) {
      compare(type, weights, true);
    }
  }

  /** What machines without that library are held to. */
  @ParameterizedTest
  @MethodSource("secateur.gguf.GoldenBlocksTest#examples")
  void golden(GoldenBlocksTest.Example example) {
    assertThat(ggml.quantize(example.type(), GoldenBlocksTest.weights(), GoldenBlocksTest.COLUMNS, example.columns()))
        .isEqualTo(example.blocks());
    if (example.type() != GgmlType.F32) {
      assertThat(GoldenBlocksTest.checksum(ggml.dequantize(example.type(), example.blocks(), GoldenBlocksTest.ROWS * GoldenBlocksTest.COLUMNS)))
          .isEqualTo(example.checksum());
    }
  }

  private static void compare(GgmlType type, Weights kind, boolean important) {
    Random random = new Random(31 * type.id() + kind.ordinal());
    for (int columns : COLUMNS) {
      float[] weights = kind.draw(ROWS * columns, random);
      float[] importance = important ? Weights.importance(columns, random) : null;
      byte[] expected = ggml.quantize(type, weights, columns, importance);
      ByteBuffer blocks = Blocks.encode(type, weights, columns, importance);
      assertSameBlocks(type, kind + " " + columns, blocks.array(), expected);
      if (type != GgmlType.F32) {
        assertThat(Blocks.decode(type, blocks, weights.length)).isEqualTo(ggml.dequantize(type, expected, weights.length));
      }
    }
  }

  private static void assertSameBlocks(GgmlType type, String what, byte[] actual, byte[] expected) {
    int size = type.blockBytes();
    int different = 0;
    int first = -1;
    for (int at = 0; at < expected.length; at += size) {
      if (!Arrays.equals(actual, at, at + size, expected, at, at + size)) {
        first = different++ == 0 ? at : first;
      }
    }
    assertThat(different).as("%s, %s: different ones of %d blocks, the first at byte %d", type, what, expected.length / size, first).isZero();
  }
}
