package secateur.kernel;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Magics that take methods, written as in Java but for {@code new}. */
final class MethodMagics {

  private MethodMagics() {}

  abstract static class Step extends Magic {

    @Parameters(paramLabel = "METHOD", arity = "1..*",
        description = "A method, as in Java but for the word new; or a variable.")
    List<String> method;

    @Override
    String java(String body, Session session) {
      return "lab.step(" + JavaText.method(String.join(" ", method)) + ")";
    }
  }

  @Command(name = "%prune", description = "Prune the lab's model, for example %%prune SparseGpt(0.5).",
      footer = "lab.step(new METHOD)")
  static final class Prune extends Step {}

  @Command(name = "%quantize", description = "Quantize the lab's model, for example %%quantize Gptq(4).group(64).",
      footer = "lab.step(new METHOD)")
  static final class Quantize extends Step {}

  @Command(name = "%%compare", description = "Try the methods below, one a line, each on the model as it is.",
      footer = "lab.compare(new METHOD, new METHOD, …)")
  static final class Compare extends Magic {

    @Override
    String java(String body, Session session) {
      List<String> methods = body.lines().map(Compare::withoutComment).map(String::strip)
          .filter(line -> !line.isEmpty()).map(JavaText::method).toList();
      if (methods.isEmpty()) {
        throw Magics.error("%%compare needs methods in the lines below it, one a line, for example Wanda(0.5)");
      }
      return methods.stream().collect(Collectors.joining(",\n        ", "lab.compare(", ")"));
    }

    private static String withoutComment(String line) {
      return line.replaceFirst("//.*", "");
    }

    @Override
    boolean takesBody() {
      return true;
    }
  }
}
