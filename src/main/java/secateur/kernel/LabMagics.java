package secateur.kernel;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
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
      description = "Draw a chart: %%chart size, %%chart sparsity, %%chart error, %%chart weights 0.q.",
      footer = "lab.KINDChart(…)")
  static final class Chart extends Magic {

    @Parameters(index = "0", paramLabel = "KIND", description = "What to draw.")
    String kind;

    @Parameters(index = "1..*", paramLabel = "NAME", description = "Of what, for example the layer 0.q.")
    List<String> of = List.of();

    @Override
    String java(String body, Session session) {
      List<String> kinds = kinds(session);
      if (!kinds.isEmpty() && !kinds.contains(kind)) {
        throw Magics.error("there is no chart '" + kind + "'; there are " + String.join(", ", kinds));
      }
      List<String> arguments = of.stream().map(JavaText::unquoted).map(JavaText::literal).toList();
      return "lab." + kind + "Chart(" + String.join(", ", arguments) + ")";
    }

    private static List<String> kinds(Session session) {
      return session.members("lab").stream().filter(member -> member.matches("\\w+Chart\\(.*"))
          .map(member -> member.replaceFirst("Chart\\(.*", "")).toList();
    }

    @Override
    Stream<String> words(List<String> before, String typed, Session session) {
      return before.isEmpty() ? kinds(session).stream()
          : session.value("lab").map(Lab.class::cast).stream().flatMap(lab -> lab.model().layers().keySet().stream());
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

  @Command(name = "%save", description = "Save the model as it is now.", footer = "lab.save(Path.of(\"PATH\"))")
  static final class Save extends Magic {

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "The directory or file to write.")
    List<String> path;

    @Override
    String java(String body, Session session) {
      return "lab.save(Path.of(" + text(path) + "))";
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
