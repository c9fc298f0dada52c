package secateur.cli;

import java.util.ArrayList;
import java.util.List;
import secateur.cli.JavaShell.SnippetException;

/**
 * Java expressions of one type, written by a user without the word {@code new} in front.
 *
 * @param type what they are
 * @param noun what a user calls one
 * @param hint what there is, for who has written something else
 */
record Expressions<T>(Class<T> type, String noun, String hint) {

  /** The value of each of {@code texts}; what is wrong with one is an error that names it. */
  List<T> values(List<String> texts) {
    try (JavaShell shell = new JavaShell()) {
      List<T> values = new ArrayList<>();
      for (String text : texts) {
        values.add(value(text, shell));
      }
      return values;
    }
  }

  private T value(String text, JavaShell shell) {
    try {
      Object value = shell.run("(" + type.getName() + ") (" + withNew(text.strip()) + ")");
      if (type.isInstance(value)) {
        return type.cast(value);
      }
      throw new IllegalArgumentException("'" + text + "' is not a " + noun + "; " + hint);
    } catch (SnippetException e) {
      String what = "'" + text + "' is not a " + noun + " that can be used: " + e.getMessage();
      throw new IllegalArgumentException(e.getCause() == null ? what + "; " + hint : what, e);
    }
  }

  /** What begins with the name of a type and its arguments is made new; {@code Type.factory()} is called. */
  private static String withNew(String text) {
    return text.matches("(?s)[A-Z]\\w*\\s*\\(.*") ? "new " + text : text;
  }
}
