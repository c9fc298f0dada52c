package secateur.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 that replaces nothing: what cannot be decoded or encoded is an error. */
public final class Utf8 {

  private static final int LONGEST_QUOTE = 100;

  private Utf8() {}

  /** The text of {@code bytes}. */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** The bytes of {@code text}, which must hold no half of a surrogate pair. */
  public static byte[] encode(String text) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    return Arrays.copyOf(bytes.array(), bytes.remaining());
  }

  /** {@code name} out of a file as errors show it: in quotes, on one line, shortened. */
  public static String quoted(String name) {
    StringBuilder shown = new StringBuilder("'").append(name, 0, Math.min(name.length(), LONGEST_QUOTE));
    for (int i = 1; i < shown.length(); i++) {
      shown.setCharAt(i, isHidden(shown.charAt(i)) ? '?' : shown.charAt(i));
    }
    return shown.append(name.length() > LONGEST_QUOTE ? "...'" : "'").toString();
  }

  private static boolean isHidden(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
  }
}
