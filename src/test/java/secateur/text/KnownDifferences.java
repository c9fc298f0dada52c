package secateur.text;

/** Texts that the tokenizers library and llama.cpp (b4916 and v0.5.0) are known to cut differently, and why. */
final class KnownDifferences {
  /**
   * Letters and numbers that came with Unicode 16: the library knows them, llama.cpp's tables are older. Measured over
   * the planes 0 to 3 of both without their large blocks of ideographs and syllables; pairs of first and last code point.
   */
  static final int[] UNICODE_16 = {0x1C89, 0x1C8A, 0xA7CB, 0xA7CD, 0xA7DA, 0xA7DC, 0x105C0, 0x105F3, 0x10D40, 0x10D65, 0x10D6F, 0x10D85,
      0x10EC2, 0x10EC4, 0x11380, 0x11389, 0x1138B, 0x1138B, 0x1138E, 0x1138E, 0x11390, 0x113B5, 0x113B7, 0x113B7, 0x113D1, 0x113D1,
      0x113D3, 0x113D3, 0x116D0, 0x116E3, 0x11BC0, 0x11BE0, 0x11BF0, 0x11BF9, 0x13460, 0x143FA, 0x16100, 0x1611D, 0x16130, 0x16139,
      0x16D40, 0x16D6C, 0x16D70, 0x16D79, 0x18CFF, 0x18CFF, 0x1CCF0, 0x1CCF9, 0x1E5D0, 0x1E5ED, 0x1E5F0, 0x1E5FA};
  /** A long s after an apostrophe is the contraction {@code 's} to a pattern that ignores case; llama.cpp lists {@code [sS]}. */
  static final String LONG_S = "'\u017F";

  private KnownDifferences() {}

  static boolean has(PreTokenizer pre, String text) {
    return switch (pre) {
      case BLOOM -> false;   // tells no letters from other characters
      case LLAMA3, DBRX, QWEN2 -> text.contains(LONG_S) || text.codePoints().anyMatch(KnownDifferences::isNew);
      case FALCON -> text.codePoints().anyMatch(c -> isNew(c) || isLatePunctuation(c));
      default -> text.codePoints().anyMatch(KnownDifferences::isNew);
    };
  }

  /** The library's Punctuation does not know these as such, llama.cpp does; those met here, not a complete list. */
  private static boolean isLatePunctuation(int c) {
    return 0x2E43 <= c && c <= 0x2E5D || c == 0x1B7D || c == 0x1B7E;
  }

  private static boolean isNew(int c) {
    for (int i = 0; i < UNICODE_16.length; i += 2) {
      if (UNICODE_16[i] <= c && c <= UNICODE_16[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
