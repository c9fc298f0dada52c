package secateur.file;

/**
 * Small codes in 32-bit words: code i of a row takes bits b i to b i + b - 1 of the row, counted from the lowest bit of its first word
 * on, so that a code may reach over into the next word; every row begins a new word. GPTQ's checkpoints have it (Frantar et al., arXiv
 * 2210.17323, and the tools that write them) for 2, 3, 4 and 8 bits, and the format {@code pack-quantized} of compressed-tensors for 4
 * and 8.
 */
public final class Int32Packing {

  private static final int WORD = 32;

  private Int32Packing() {}

  /** How many words {@code columns} codes of {@code bits} bits take. */
  public static int words(int columns, int bits) {
    return Math.toIntExact(((long) columns * bits + WORD - 1) / WORD);
  }

  /** Packs {@code rows} rows of unsigned {@code codes} below 2^bits: (R, C) to (R, words). */
  public static int[] pack(byte[] codes, int rows, int bits) {
    int columns = codes.length / rows;
    int width = words(columns, bits);
    int[] words = new int[rows * width];
    for (int row = 0; row < rows; row++) {
      long pending = 0; // bits that no word has yet, the first lowest
      int filled = 0;
      int at = row * width;
      for (int column = 0; column < columns; column++) {
        pending |= (codes[row * columns + column] & 0xffL) << filled;
        filled += bits;
        if (filled >= WORD) {
          words[at++] = (int) pending;
          pending >>>= WORD;
          filled -= WORD;
        }
      }
      if (filled > 0) {
        words[at] = (int) pending;
      }
    }
    return words;
  }

  /** The codes in {@code words}: (R, words) to (R, C) of {@code columns} each. */
  public static byte[] unpack(int[] words, int rows, int columns, int bits) {
    int width = words(columns, bits);
    byte[] codes = new byte[rows * columns];
    for (int row = 0; row < rows; row++) {
      long pending = 0;
      int left = 0;
      int at = row * width;
      for (int column = 0; column < columns; column++) {
        if (left < bits) {
          pending |= (words[at++] & 0xffffffffL) << left;
          left += WORD;
        }
        codes[row * columns + column] = (byte) (pending & (1 << bits) - 1);
        pending >>>= bits;
        left -= bits;
      }
    }
    return codes;
  }
}
