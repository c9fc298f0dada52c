package secateur.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pieces of Java that magics write. */
final class JavaText {

  private static final Pattern CONSTRUCTION = Pattern.compile("(?:[a-z]\\w*\\.)*[A-Z]\\w*\\s*[(<].*", Pattern.DOTALL);

  private JavaText() {}

  /** A string literal. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      literal.append(switch (c) {
        case '"' -> "\\\"";
        case '\\' -> "\\\\";
        case '\n' -> "\\n";
        case '\r' -> "\\r";
        case '\t' -> "\\t";
        default -> Character.toString(c);
      });
    }
    return literal.append('"').toString();
  }

  /** A method as an expression: {@code Gptq(4).group(64)} gets its {@code new}; a variable stays as it is. */
  static String method(String typed) {
    String text = typed.strip().replaceAll("[\\s;,]+$", "");
    return isConstruction(text) ? "new " + text : text;
  }

  /** Whether it begins with a class name and its arguments, {@code Gptq(}. */
  static boolean isConstruction(String typed) {
    return CONSTRUCTION.matcher(typed).matches();
  }

  /** Splits at blanks outside quotes and brackets; quotes stay. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      quoted ^= c == '"';
      depth += quoted ? 0 : "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (Character.isWhitespace(c) && !quoted && depth <= 0) {
        add(words, word);
      } else {
        word.append(c);
      }
    }
    add(words, word);
    return words;
  }

  private static void add(List<String> words, StringBuilder word) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** Without a pair of quotes round it. */
  static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
