package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The minima of blocks whose weights are q·d + m with halves d and m: Q4_1 and Q5_1. */
public final class Minima {

  private Minima() {}

  /** m of each block of the {@code count} weights in {@code data}. */
  public static float[] of(GgmlType type, ByteBuffer data, int count) {
    if (type != GgmlType.Q4_1 && type != GgmlType.Q5_1) {
      throw new IllegalArgumentException("type " + type + " has no minimum a block; allowed are Q4_1 and Q5_1");
    }
    ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] minima = new float[count / type.block()];
    for (int i = 0; i < minima.length; i++) {
      minima[i] = Half.toFloat(in.getShort(data.position() + i * type.blockBytes() + Short.BYTES));
    }
    return minima;
  }
}
