package secateur.kernel;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import secateur.lab.KnownMethods;

/** Magics that take methods, written as in Java but for {@code new}. */
final class MethodMagics {

  private MethodMagics() {}

  abstract static class Step extends Magic {

    @Parameters(paramLabel = "METHOD", arity = "0..*",
        description = "A method, as in Java but for the word new; or a variable.")
    List<String> method = List.of();

    private final String packageName;
    private final String example;

    Step(String packageName, String example) {
      this.packageName = packageName;
      this.example = example;
    }

    @Override
    String java(String body, Session session) {
      return "lab.step(" + written(String.join(" ", method), example, session) + ")";
    }

    @Override
    List<String> packages() {
      return List.of(packageName);
    }
  }

  @Command(name = "%prune", description = "Prune the lab's model, for example %%prune SparseGpt(0.5) or %%prune LlmPruner(0.25).",
      footer = "lab.step(new METHOD)")
  static final class Prune extends Step {
    Prune() {
      super("secateur.prune", "%prune Wanda(0.5)");
    }
  }

  @Command(name = "%quantize", description = "Quantize the lab's model, for example %%quantize Gptq(4).group(64).",
      footer = "lab.step(new METHOD)")
  static final class Quantize extends Step {
    Quantize() {
      super("secateur.quantize", "%quantize Gptq(4)");
    }
  }

  @Command(name = "%distill", description = "Distil a teacher into the lab's model, for example %%distill LogitKd(teacher, 100).",
      footer = "lab.step(new METHOD)")
  static final class Distill extends Step {
    Distill() {
      super("secateur.distill", "%distill LogitKd(teacher, 100)");
    }
  }

  abstract static class Side extends Magic {

    private final String verb;

    Side(String verb) {
      this.verb = verb;
    }

    @Override
    String java(String body, Session session) {
      List<String> methods = body.lines().map(Side::withoutComment).map(String::strip)
          .filter(line -> !line.isEmpty()).map(line -> written(line, "Wanda(0.5)", session)).toList();
      if (methods.isEmpty()) {
        throw Magics.error("%%" + verb + " needs methods in the lines below it, one a line, for example Wanda(0.5)");
      }
      return methods.stream().collect(Collectors.joining(",\n        ", "lab." + verb + "(", ")"));
    }

    private static String withoutComment(String line) {
      return line.replaceFirst("//.*", "");
    }

    @Override
    boolean takesBody() {
      return true;
    }

    @Override
    List<String> packages() {
      return KnownMethods.PACKAGES;
    }
  }

  @Command(name = "%%compare", description = "Try the methods below, one a line, each on the model as it is.",
      footer = "lab.compare(new METHOD, new METHOD, …)")
  static final class Compare extends Side {
    Compare() {
      super("compare");
    }
  }

  @Command(name = "%%plan", description = "Say what the methods below, one a line, would take: minutes and memory.",
      footer = "lab.plan(new METHOD, new METHOD, …)")
  static final class Plan extends Side {
    Plan() {
      super("plan");
    }
  }

  /** A method as Java, if it can be one at all. */
  private static String written(String typed, String example, Magic.Session session) {
    if (typed.isEmpty() || typed.matches("[-+.\\d].*")) {
      String what = typed.isEmpty() ? "a method is missing" : "'" + typed + "' is a number, not a method";
      throw Magics.error(what + "; write for example " + example);
    }
    List<String> forms = forms(typed);
    if (!forms.isEmpty()) {
      throw Magics.error("the settings of '" + typed + "' are missing; write " + String.join(" or ", forms)
          + ", for example " + example);
    }
    return JavaText.method(typed);
  }

  /** How a known method is constructed. */
  private static List<String> forms(String name) {
    return KnownMethods.PACKAGES.stream().flatMap(each -> KnownMethods.in(each).stream())
        .filter(type -> type.getSimpleName().equals(name)).flatMap(KnownMethods::written).toList();
  }
}
