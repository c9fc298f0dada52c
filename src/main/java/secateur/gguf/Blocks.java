package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Weights to the blocks of a type and back. The bytes are those that llama.cpp's {@code ggml_quantize_chunk} writes, whatever the
 * number of threads.
 */
public final class Blocks {

  /** Weights of one task. */
  private static final int TASK = 1 << 15;

  private Blocks() {}

  /**
   * Weights as blocks.
   *
   * @param weights [rows, columns], row by row
   * @param columns a multiple of the type's block
   * @param importance [columns], how much the error of each column weighs: its mean squared input; null where all weigh the same.
   *     F32, F16 and Q8_0 make no use of it
   * @return {@code type.bytes(weights.length)} bytes, little-endian
   * @throws IllegalArgumentException if a weight is not finite or too large for the type, an importance is negative or not finite,
   *     or a length does not fit
   */
  public static ByteBuffer encode(GgmlType type, float[] weights, int columns, float[] importance) {
    checkColumns(type, weights, columns);
    checkWeights(weights, columns);
    if (importance != null) {
      checkImportance(importance, columns);
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(type.bytes(weights.length))).order(ByteOrder.LITTLE_ENDIAN);
    int rows = weights.length / columns;
    int rowsOfTask = Math.max(1, TASK / columns);
    tasks(rows, rowsOfTask).mapToObj(first ->
        new Rows(type, weights, columns, importance).encode(first, Math.min(rows, first + rowsOfTask), out))
        .flatMap(Optional::stream).findFirst().ifPresent(refusal -> {
          throw refusal;
        });
    return out;
  }

  /**
   * The weights of blocks.
   *
   * @param data little-endian, read from its position on, which stays
   * @param count how many weights, a multiple of the type's block
   * @throws IllegalArgumentException if the count is not such a multiple or the data end before it
   */
  public static float[] decode(GgmlType type, ByteBuffer data, int count) {
    if (count < 0 || count % type.block() != 0) {
      throw new IllegalArgumentException(count + " weights of type " + type + ": allowed are multiples of its block, " + type.block());
    }
    if (data.remaining() < type.bytes(count)) {
      throw new IllegalArgumentException(count + " weights of type " + type + " take " + type.bytes(count) + " bytes, there are "
          + data.remaining());
    }
    float[] weights = new float[count];
    int blocks = count / type.block();
    int blocksOfTask = TASK / type.block();
    tasks(blocks, blocksOfTask).forEach(first -> decode(type, data, weights, first, Math.min(blocks, first + blocksOfTask)));
    return weights;
  }

  /** Where each task of {@code size} begins. */
  private static IntStream tasks(int count, int size) {
    return IntStream.range(0, (count + size - 1) / size).map(task -> task * size).parallel();
  }

  private static void decode(GgmlType type, ByteBuffer data, float[] weights, int first, int end) {
    Codec codec = Codecs.of(type, false);
    ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    in.position(data.position() + first * type.blockBytes());
    for (int block = first; block < end; block++) {
      codec.decode(in, weights, block * type.block());
    }
  }

  private static void checkColumns(GgmlType type, float[] weights, int columns) {
    if (columns < 1 || columns % type.block() != 0) {
      throw new IllegalArgumentException("type " + type + " with " + columns + " columns: allowed are multiples of its block, "
          + type.block());
    }
    if (weights.length % columns != 0) {
      throw new IllegalArgumentException(weights.length + " weights are not whole rows of " + columns + " columns");
    }
  }

  private static void checkWeights(float[] weights, int columns) {
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException("the weight in row " + i / columns + ", column " + i % columns + " is " + weights[i]
            + "; allowed are finite ones");
      }
    }
  }

  private static void checkImportance(float[] importance, int columns) {
    if (importance.length != columns) {
      throw new IllegalArgumentException("importance of " + importance.length + " columns for weights of " + columns);
    }
    for (int column = 0; column < columns; column++) {
      if (!(importance[column] >= 0 && Float.isFinite(importance[column]))) {
        throw new IllegalArgumentException("the importance of column " + column + " is " + importance[column]
            + "; allowed are finite ones from 0 on");
      }
    }
  }
}
