package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

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

  /** Encodes these rows, unless something has no place in the type: what is returned then. */
  Optional<IllegalArgumentException> encode(int first, int end, ByteBuffer all) {
    try {
      for (int row = first; row < end; row++) {
        encode(row, all);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e);
    }
  }

  private void encode(int row, ByteBuffer all) {
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
