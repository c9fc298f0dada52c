package secateur.cli;

import java.util.List;
import secateur.lab.KnownMethods;
import secateur.method.Method;

/** Methods as a user writes them: Java expressions, but for the word {@code new} in front. */
final class Methods {

  private Methods() {}

  /** The value of each of {@code texts}; what is wrong with one is an error that names it. */
  static List<Method> of(List<String> texts) {
    return new Expressions<>(Method.class, "method", KnownMethods.sentence()).values(texts);
  }
}
