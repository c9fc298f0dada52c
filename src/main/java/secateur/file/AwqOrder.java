package secateur.file;

/**
 * The order of columns in the 32-bit words of AWQ's checkpoints of version {@code gemm} (Lin et al., arXiv 2306.00978, and their
 * kernels): the eight 4-bit digits of a word, from the lowest up, belong to its columns 0, 2, 4, 6, 1, 3, 5, 7.
 */
public final class AwqOrder {

  private static final int[] COLUMN = {0, 2, 4, 6, 1, 3, 5, 7}; // by digit

  private AwqOrder() {}

  /** How many columns a word has. */
  public static int columns() {
    return COLUMN.length;
  }

  /** {@code codes} in the order of digits; as many as words have. */
  public static byte[] toDigits(byte[] codes) {
    byte[] digits = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      digits[i] = codes[column(i)];
    }
    return digits;
  }

  /** {@code digits} in the order of columns. */
  public static byte[] toColumns(byte[] digits) {
    byte[] codes = new byte[digits.length];
    for (int i = 0; i < digits.length; i++) {
      codes[column(i)] = digits[i];
    }
    return codes;
  }

  private static int column(int digit) {
    return digit - digit % COLUMN.length + COLUMN[digit % COLUMN.length];
  }
}
