package secateur.kernel;

/** Bytes and positions of text as Jupyter counts them. */
final class Utf8 {

  private Utf8() {}

  /** How many of the bytes are whole characters; the tail of a cut one is left out. */
  static int whole(byte[] bytes) {
    int start = bytes.length - 1;
    while (start >= 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return start < 0 || bytes.length - start >= width(bytes[start]) ? bytes.length : start;
  }

  private static int width(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return Math.max(1, ones);
  }

  /** The index of the character at a cursor that counts code points. */
  static int index(String text, int codePoints) {
    return text.offsetByCodePoints(0, Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length()))));
  }

  /** The cursor, in code points, of the character at an index. */
  static int codePoints(String text, int index) {
    return text.codePointCount(0, index);
  }
}
