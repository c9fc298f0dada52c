package secateur.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.kernel.KernelSpec;

@Command(name = "notebook",
    description = "Open the notebooks in Jupyter, with the kernel installed for this user.",
    footer = {"", "Examples:", "  secateur notebook", "  secateur notebook -- --no-browser --port 8899",
      "", "What follows -- goes to Jupyter as it is."})
final class NotebookCommand implements Callable<Integer> {

  private static final String ABSENT = "Jupyter is not on the PATH; on Debian it comes with: sudo apt install jupyter-notebook";

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "Options of Jupyter, after --.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return jupyter(notebooks(), arguments, spec.commandLine().getOut());
  }

  /** Runs Jupyter in {@code directory}, with the kernel installed, until it ends; its exit code. */
  static int jupyter(Path directory, List<String> arguments, PrintWriter out) throws IOException, InterruptedException {
    String program = List.of("jupyter-lab", "jupyter-notebook").stream().filter(NotebookCommand::onPath).findFirst()
        .orElseThrow(() -> new IllegalStateException(ABSENT));
    out.println("kernel: " + KernelSpec.install(KernelSpec.userKernels()));
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    Process jupyter = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(jupyter)));
    return jupyter.waitFor();
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator)).anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }

  private static Path notebooks() {
    Path home = Path.of(System.getProperty("secateur.home", ""));
    Path notebooks = home.resolve("notebooks").toAbsolutePath();
    return Files.isDirectory(notebooks) ? notebooks : home.toAbsolutePath();
  }

  /** Ctrl-C goes to Jupyter too, which asks whether to stop. */
  private static void await(Process jupyter) {
    try {
      jupyter.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
