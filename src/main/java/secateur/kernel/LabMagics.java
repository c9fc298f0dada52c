package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.lab.KnownMethods;
import secateur.lab.Lab;

/** Magics for the other verbs of a lab. */
final class LabMagics {

  private LabMagics() {}

  @Command(name = "%eval", description = "Measure the model as it is now.", footer = "lab.measure()")
  static final class Measure extends Magic {
    @Override
    String java(String body, Session session) {
      return "lab.measure()";
    }
  }

  @Command(name = "%undo", description = "Take back the last step.", footer = "lab.undo()")
  static final class Undo extends Magic {
    @Override
    String java(String body, Session session) {
      return "lab.undo()";
    }
  }

  @Command(name = "%table", description = "Show the steps so far, with their figures.", footer = "lab.table()")
  static final class ShowTable extends Magic {
    @Override
    String java(String body, Session session) {
      return "lab.table()";
    }
  }

  @Command(name = "%chart",
      description = "Draw a chart: %%chart size, %%chart error, %%chart weights 0.q, %%chart grid 0.q, %%chart levels 0.q, %%chart scales 0.q, %%chart peaks 0.q, %%chart widths, %%chart bits, %%chart removed, %%chart importance LlmPruner(0.25).",
      footer = "lab.KINDChart(…)")
  static final class Chart extends Magic {

    @Parameters(index = "0", paramLabel = "KIND", description = "What to draw.")
    String kind;

    @Parameters(index = "1..*", paramLabel = "NAME", description = "Of what, for example the layer 0.q, or the method LlmPruner(0.25).")
    List<String> of = List.of();

    @Override
    String java(String body, Session session) {
      List<String> kinds = kinds(session);
      if (!kinds.isEmpty() && !kinds.contains(kind)) {
        throw Magics.error("there is no chart '" + kind + "'; there are " + String.join(", ", kinds));
      }
      types(kind).filter(types -> types.size() != of.size()).ifPresent(types -> {
        throw Magics.error("%chart " + kind + (types.isEmpty() ? " stands alone" : " is drawn of one thing")
            + "; write %chart " + kind + (types.isEmpty() ? "" : types.contains(String.class) ? " 0.q" : " LlmPruner(0.25)"));
      });
      List<String> arguments = of.stream()
          .map(each -> JavaText.isConstruction(each) ? JavaText.method(each) : JavaText.literal(JavaText.unquoted(each))).toList();
      return "lab." + kind + "Chart(" + String.join(", ", arguments) + ")";
    }

    private static List<String> kinds(Session session) {
      return session.members("lab").stream().filter(member -> member.matches("\\w+Chart\\(.*"))
          .map(member -> member.replaceFirst("Chart\\(.*", "")).toList();
    }

    @Override
    Stream<String> words(List<String> before, String typed, Session session) {
      return before.isEmpty() ? kinds(session).stream()
          : types(before.get(0)).stream().flatMap(List::stream).flatMap(type -> words(type, session));
    }

    /** What the chart {@code kind} of a lab is drawn of; empty where there is no such chart. */
    private static Optional<List<Class<?>>> types(String kind) {
      return Stream.of(Lab.class.getMethods()).filter(method -> method.getName().equals(kind + "Chart"))
          .map(method -> List.of(method.getParameterTypes())).findFirst();
    }

    /** Layers by their names; methods of {@code type}. */
    private static Stream<String> words(Class<?> type, Session session) {
      return type == String.class
          ? session.value("lab").map(Lab.class::cast).stream().flatMap(lab -> lab.model().layers().keySet().stream())
          : KnownMethods.PACKAGES.stream().flatMap(name -> KnownMethods.in(name).stream()).filter(type::isAssignableFrom)
              .map(known -> known.getSimpleName() + "(");
    }
  }

  @Command(name = "%report", description = "Write tables and charts to one HTML file.",
      footer = "lab.report(Path.of(\"FILE\"))")
  static final class Report extends Magic {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The file to write.")
    List<String> file;

    @Override
    String java(String body, Session session) {
      return "lab.report(Path.of(" + text(file) + "))";
    }
  }

  @Command(name = "%save", description = "Save the model as it is now: %%save out/model.gguf, %%save out/model.gguf --as Gguf(Preset.Q4_K_M), or a directory.",
      footer = "lab.save(Path.of(\"PATH\"))")
  static final class Save extends Magic {

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "The directory, or the file that ends in .gguf, to write.")
    List<String> path;

    @Option(names = "--as", paramLabel = "FORMAT", arity = "1..*", description = "The format, in Java without the word new, such as Gguf(Preset.Q4_K_M).")
    List<String> format;

    @Override
    String java(String body, Session session) {
      String made = format == null ? "" : ", " + JavaText.method(String.join(" ", format));
      return "lab.save(Path.of(" + text(path) + ")" + made + ")";
    }
  }

  @Command(name = "%generate", description = "Let the model go on with a text.", footer = "lab.generate(\"PROMPT\")")
  static final class Generate extends Magic {

    @Parameters(paramLabel = "PROMPT", arity = "1..*", description = "The text; in double quotes, blanks are kept.")
    List<String> prompt;

    @Override
    String java(String body, Session session) {
      return "lab.generate(" + text(prompt) + ")";
    }
  }

  @Command(name = "%secateur", description = "List the magics and the Java that each writes.",
      footer = "secateur.kernel.Notebook.magics()")
  static final class Overview extends Magic {
    @Override
    String java(String body, Session session) {
      return "secateur.kernel.Notebook.magics()";
    }

    @Override
    boolean needsLab() {
      return false;
    }
  }

  private static String text(List<String> words) {
    return JavaText.literal(JavaText.unquoted(String.join(" ", words)));
  }
}
