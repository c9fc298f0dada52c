package secateur.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "classpath",
    description = "Print the class path, so that any Java program can use the library.",
    footer = {"", "Examples:", "  java -cp \"$(secateur classpath)\" Mine.java",
      "  jshell --class-path \"$(secateur classpath)\" --startup DEFAULT --startup src/main/resources/secateur/secateur.jsh"})
final class ClasspathCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(absolute());
  }

  /** The class path of this process, in absolute paths. */
  static String absolute() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
  }
}
