package secateur.cli;

import java.util.ArrayList;
import java.util.List;
import secateur.cli.JavaShell.SnippetException;
import secateur.lab.KnownMethods;
import secateur.method.Method;

/** Methods as a user writes them: Java expressions, but for the word {@code new} in front. */
final class Methods {

  private Methods() {}

  /** The value of each of {@code texts}; what is wrong with one is an error that names it. */
  static List<Method> of(List<String> texts) {
    try (JavaShell shell = new JavaShell()) {
      List<Method> methods = new ArrayList<>();
      for (String text : texts) {
        methods.add(of(text, shell));
      }
      return methods;
    }
  }

  private static Method of(String text, JavaShell shell) {
    String expression = text.strip().startsWith("new ") ? text : "new " + text;
    try {
      if (shell.run("(secateur.method.Method) (" + expression + ")") instanceof Method method) {
        return method;
      }
      throw new IllegalArgumentException("'" + text + "' is not a method; " + KnownMethods.sentence());
    } catch (SnippetException e) {
      String what = "'" + text + "' is not a method that can be used: " + e.getMessage();
      throw new IllegalArgumentException(e.getCause() == null ? what + "; " + KnownMethods.sentence() : what, e);
    }
  }
}
