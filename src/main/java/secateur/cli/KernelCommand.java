package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import secateur.kernel.KernelArchive;
import secateur.kernel.KernelSpec;

@Command(name = "kernel", description = "Install the Jupyter kernel.",
    footer = {"", "Example:", "  secateur kernel install --archive"})
final class KernelCommand implements Runnable {

  /** Where to. */
  private static final class Target {

    @Option(names = "--user", description = "For this user (the default).")
    private boolean user;

    @Option(names = "--prefix", paramLabel = "DIR", description = "Under a prefix, for example /usr/local or a Python environment.")
    private Path prefix;
  }

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what shall be done with the kernel? allowed is: kernel install");
  }

  @Command(name = "install", description = "Install the Jupyter kernel, over an older one, for the Java that runs this.",
      footer = {"", "Examples:", "  secateur kernel install --archive", "  secateur kernel install --prefix /usr/local", "",
          "A running kernel obeys these environment variables:",
          "  SECATEUR_CLASSPATH             jars, directories of classes and patterns (lib/*.jar), with : between them",
          "  SECATEUR_LOAD_EXTENSIONS       0 or false: extensions on that class path are not loaded",
          "  SECATEUR_JVM_OPTS              options of java, for example -Xmx8g",
          "  SECATEUR_COMPILER_OPTS         options of javac, for example -Xlint:deprecation",
          "  SECATEUR_TIMEOUT               what a top-level statement may take, for example 30 SECONDS",
          "  SECATEUR_STARTUP_SCRIPTS_PATH  files of Java to begin with, and patterns (lib/*.jsh), with : between them",
          "  SECATEUR_STARTUP_SCRIPT        Java to begin with",
          "  SECATEUR_DEVICE                cpu or gpu",
          "  SECATEUR_ONLINE                set it to let DJL fetch native libraries",
          "What cannot be used is left out, and the first cell says so. On Windows, SECATEUR_CLASSPATH, SECATEUR_JVM_OPTS",
          "and SECATEUR_ONLINE have no effect: edit java.args and kernel.json beside it."})
  private int install(@ArgGroup Target target, @Option(names = "--archive", description =
      "Keep the classes of a first session in an archive, which makes the kernel start faster; about 50 MB.") boolean archive)
      throws IOException, InterruptedException {
    Path kernels = target == null || target.prefix == null ? KernelSpec.userKernels() : KernelSpec.kernelsUnder(target.prefix);
    Path directory = KernelSpec.install(kernels);
    KernelArchive.remove(directory);
    PrintWriter out = spec.commandLine().getOut();
    out.println("installed the kernel in " + directory);
    if (archive) {
      out.print("making the archive… ");
      out.flush();
      long begun = System.nanoTime();
      Path made = KernelArchive.make(directory);
      out.printf("%s, %.0f MB, took %.0f s%n", made.getFileName(), Files.size(made) / 1e6, (System.nanoTime() - begun) / 1e9);
    }
    return 0;
  }
}
