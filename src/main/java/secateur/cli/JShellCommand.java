package secateur.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "jshell", description = "Open the JDK's JShell with the library in reach.",
    footer = {"", "Examples:", "  secateur jshell", "  secateur jshell first.jsh -", "", "What follows -- goes to JShell as it is. A line that begins with a dot does not go on with the one before:",
      "leave the dot at the end of the line."})
final class JShellCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "Files to load, and options of JShell after --.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws Exception {
    Path startup = startup();
    List<String> all = new ArrayList<>(List.of("--execution", "local", "--class-path", ClasspathCommand.absolute(),
        "--startup", "DEFAULT", "--startup", startup.toString()));
    all.addAll(arguments);
    return JavaShellToolBuilder.builder().interactiveTerminal(System.console() != null).start(all.toArray(new String[0]));
  }

  /** The start-up script as a file, which it is not inside a jar. */
  private static Path startup() throws IOException {
    Path file = Files.createTempFile("secateur", ".jsh");
    file.toFile().deleteOnExit();
    return Files.writeString(file, JavaShell.startup());
  }
}
