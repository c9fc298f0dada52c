package secateur.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GPT-2's pre-tokenizer: how a text falls into words, and how a byte is spelled as one printable character. */
final class ByteLevel {
  /** Radford et al. 2019, with Unicode's notion of white space. */
  private static final Pattern WORDS = Pattern.compile(
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
      Pattern.UNICODE_CHARACTER_CLASS);
  private static final char[] SPELLING = spelling();

  private ByteLevel() {
  }

  /** Finds the words of a text one after another; nothing of the text is left out. */
  static Matcher words(String text) {
    return WORDS.matcher(text);
  }

  /** Bytes of a word as numbers 0 to 255. */
  static int[] bytes(String word) {
    var utf8 = word.getBytes(StandardCharsets.UTF_8);
    var bytes = new int[utf8.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = utf8[i] & 0xFF;
    }
    return bytes;
  }

  static char spell(int value) {
    return SPELLING[value];
  }

  /** Printable Latin-1 bytes stand for themselves, the other 68 take the characters from U+0100 in order. */
  private static char[] spelling() {
    var spelling = new char[256];
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      spelling[b] = printable ? (char) b : next++;
    }
    return spelling;
  }
}
