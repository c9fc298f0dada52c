package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The content of blocks that have one scale each: the weight is (code - zero)·d.
 *
 * @param type one of {@link #TYPES}
 * @param codes unsigned, from 0 to 2·zero - 1, in the order of the weights
 * @param scales d of each block, a half
 */
public record ScaledCodes(GgmlType type, byte[] codes, short[] scales) {

  /** The types with one scale a block, smallest first. */
  public static final List<GgmlType> TYPES = List.of(GgmlType.Q4_0, GgmlType.Q5_0, GgmlType.Q8_0);

  /** The code of weight 0. */
  public static int zero(GgmlType type) {
    return switch (type) {
      case Q4_0 -> 8;
      case Q5_0 -> 16;
      case Q8_0 -> 128;
      default -> throw new IllegalArgumentException("type " + type + " has more than one scale a block, or none; allowed are " + TYPES);
    };
  }

  /** Reads {@code count} weights of {@code data}, little-endian. */
  public static ScaledCodes read(GgmlType type, ByteBuffer data, int count) {
    ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = fields(type);
    byte[] codes = new byte[count];
    short[] scales = new short[count / type.block()];
    int[] block = new int[type.block()];
    for (int b = 0; b < scales.length; b++) {
      scales[b] = in.getShort();
      Field.read(fields, in, block);
      for (int i = 0; i < block.length; i++) {
        codes[b * block.length + i] = (byte) (block[i] ^ flip(type));
      }
    }
    return new ScaledCodes(type, codes, scales);
  }

  /** The blocks, little-endian. */
  public ByteBuffer bytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(type.bytes(codes.length))).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = fields(type);
    int[] block = new int[type.block()];
    for (int b = 0; b < scales.length; b++) {
      out.putShort(scales[b]);
      for (int i = 0; i < block.length; i++) {
        block[i] = codes[b * block.length + i] & 0xff ^ flip(type);
      }
      Field.write(fields, block, out);
    }
    return out.flip();
  }

  /** Q8_0 holds signed numbers: code - 128 has the bits of the code but for the highest. */
  private static int flip(GgmlType type) {
    return type == GgmlType.Q8_0 ? 0x80 : 0;
  }

  private static List<Field> fields(GgmlType type) {
    return switch (type) {
      case Q4_0 -> List.of(Codecs.LOW);
      case Q5_0 -> List.of(Codecs.FIFTH, Codecs.LOW);
      default -> List.of(new Field(0, 8, 1));
    };
  }
}
