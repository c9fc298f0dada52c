package secateur.gguf;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The tensor types of GGUF that are read and written here, by their names in llama.cpp. */
public enum GgmlType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  IQ4_NL(20, 32, 18);

  private final int id;
  private final int block;
  private final int blockBytes;

  GgmlType(int id, int block, int blockBytes) {
    this.id = id;
    this.block = block;
    this.blockBytes = blockBytes;
  }

  /** The type that a file calls {@code id}. */
  static GgmlType of(int id) {
    return Arrays.stream(values()).filter(type -> type.id == id).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("type " + Integer.toUnsignedString(id) + " is not read here; allowed are "
            + Arrays.stream(values()).map(type -> type.id + " (" + type + ")").collect(Collectors.joining(", "))));
  }

  /** Its number in files. */
  public int id() {
    return id;
  }

  /** Weights of one block; rows are whole blocks. */
  public int block() {
    return block;
  }

  /** Bytes of one block. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Bytes of {@code weights} weights, whole blocks of them. */
  public long bytes(long weights) {
    return weights / block * blockBytes;
  }

  /** Bits of one weight, with the block's scales. */
  public double bitsPerWeight() {
    return 8.0 * blockBytes / block;
  }
}
