package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Encodes rows of a matrix, each at its place. For one thread. */
final class Rows {

  private final GgmlType type;
  private final float[] weights;
  private final int columns;
  private final float[] importance;
  private final Codec codec;
  private final Block block;

  /**
   * Rows of {@code weights} [rows, columns].
   *
   * @param importance [columns], or null
   */
  Rows(GgmlType type, float[] weights, int columns, float[] importance) {
    this.type = type;
    this.weights = weights;
    this.columns = columns;
    this.importance = importance;
    codec = Codecs.of(type, importance != null);
    block = new Block(type.block(), importance != null);
  }

  void encode(int row, ByteBuffer all) {
    int from = row * columns;
    ByteBuffer out = all.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    out.position((int) type.bytes(from));
    block.row(weights, from, columns);
    for (int column = 0; column < columns; column += type.block()) {
      block.fill(weights, from + column, importance, column);
      try {
        codec.encode(block, out);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("row " + row + ", from column " + column + " on, as " + type + ": " + e.getMessage(), e);
      }
    }
  }
}
