package secateur.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import secateur.cli.JavaShell.SnippetException;

@Command(name = "script",
    description = "Run scripts of Java, as in JShell, but stop where a snippet fails. They print what they want seen.",
    footer = {"", "Examples:", "  secateur script experiment.jsh", "  secateur script settings.jsh experiment.jsh"})
final class ScriptCommand extends Work {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scripts, run in one session.")
  private List<Path> files;

  @Override
  void work() throws IOException {
    try (JavaShell shell = new JavaShell()) {
      for (Path file : files) {
        run(file, shell);
      }
    }
  }

  private static void run(Path file, JavaShell shell) throws IOException {
    String source = Files.readString(file);
    try {
      shell.run(source);
    } catch (SnippetException e) {
      if (e.getCause() instanceof CancellationException cancelled) {
        throw cancelled;
      }
      String line = source.lines().skip(e.line() - 1L).findFirst().orElse("").strip();
      throw new IllegalStateException(file + ", line " + e.line() + ": " + e.getMessage() + "\n  " + line, e);
    }
  }
}
