package secateur.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The tokens of a JSON text (RFC 8259) front to back, strictly, without recursion; errors name the byte. */
final class JsonBytes {

  private static final int MAX_STRING = 64 << 10;
  private static final int MAX_DIGITS = 19;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");

  private final Path file;
  private final ByteBuffer text;
  private final long start;
  private String subject;

  /** {@code text} stands at byte {@code start} of {@code file}. */
  JsonBytes(Path file, ByteBuffer text, long start) {
    this.file = file;
    this.text = text;
    this.start = start;
  }

  /** The file's byte that comes next. */
  long offset() {
    return start + text.position();
  }

  /** The tensor that errors are about from now on, or null. */
  void about(String tensor) {
    subject = tensor;
  }

  MalformedFileException malformed(long offset, String reason) {
    return new MalformedFileException(file, offset, subject == null ? reason : "tensor " + Utf8.quoted(subject) + ": " + reason);
  }

  /** Takes {@code c}, which must be the very next byte. */
  void begin(char c, String what) {
    if (!text.hasRemaining() || text.get() != c) {
      throw malformed(start, what + " does not begin with '" + c + "'");
    }
  }

  /** Takes {@code c}, which must come next. */
  void take(char c, String what) {
    if (!takeIf(c)) {
      throw malformed(offset(), what + (text.hasRemaining() ? ": expected here is '" : " ends where expected is '") + c + "'");
    }
  }

  /** Takes {@code c} if it comes next. */
  boolean takeIf(char c) {
    skipBlanks();
    if (!text.hasRemaining() || text.get(text.position()) != c) {
      return false;
    }
    text.get();
    return true;
  }

  /** Only blanks may follow. */
  void end() {
    skipBlanks();
    if (text.hasRemaining()) {
      throw malformed(offset(), "more follows after the JSON object");
    }
  }

  private void skipBlanks() {
    while (text.hasRemaining() && " \t\r\n".indexOf(text.get(text.position())) >= 0) {
      text.get();
    }
  }

  /** A whole number from 0 to 2^63 - 1, in digits alone. */
  long whole(String what) {
    skipBlanks();
    int begin = text.position();
    long value = 0;
    while (isNumeric() && value >= 0 && text.position() - begin <= MAX_DIGITS) {
      byte digit = text.get();
      boolean decimal = digit >= '0' && digit <= '9' && (value > 0 || text.position() - begin == 1);
      value = decimal && value <= (Long.MAX_VALUE - (digit - '0')) / 10 ? 10 * value + digit - '0' : -1;
    }
    if (value < 0 || text.position() == begin || isNumeric()) {
      throw malformed(start + begin, what + " is no whole number from 0 to 2^63 - 1");
    }
    return value;
  }

  private boolean isNumeric() {
    return text.hasRemaining() && "0123456789+-.eE".indexOf(text.get(text.position())) >= 0;
  }

  /** A string without its escapes. */
  String string(String what) {
    take('"', what);
    long at = offset();
    byte[] raw = new byte[length(what)];
    text.get(raw);
    text.get();
    try {
      String string = Utf8.decode(raw);
      if (string.indexOf('\\') < 0) {
        return string;
      }
      String unescaped = unescaped(string, at, what);
      Utf8.encode(unescaped);
      return unescaped;
    } catch (CharacterCodingException e) {
      throw malformed(at, what + " is no valid UTF-8, or holds half of a surrogate pair");
    }
  }

  /** Bytes up to the closing quote. */
  private int length(String what) {
    int begin = text.position();
    for (int i = begin; i < text.limit() && i - begin <= MAX_STRING; i++) {
      byte c = text.get(i);
      if (c == '"') {
        return i - begin;
      }
      if (c >= 0 && c < ' ') {
        throw malformed(start + i, what + " holds the control character " + c);
      }
      i += c == '\\' ? 1 : 0;
    }
    throw malformed(start + begin, what + " does not end within " + MAX_STRING + " bytes");
  }

  private String unescaped(String string, long at, String what) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (string.charAt(++i) == 'u' && HEX.matcher(string).region(i + 1, Math.min(i + 5, string.length())).matches()) {
        out.append((char) Integer.parseInt(string.substring(i + 1, i + 5), 16));
        i += 4;
      } else if ("\"\\/bfnrt".indexOf(string.charAt(i)) >= 0) {
        out.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(string.charAt(i))));
      } else {
        throw malformed(at, what + " holds an escape that JSON does not have");
      }
    }
    return out.toString();
  }
}
