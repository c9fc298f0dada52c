package secateur.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import secateur.kernel.KernelSpec;

@Command(name = "kernel", description = "Install the Jupyter kernel.",
    footer = {"", "Example:", "  secateur kernel install"})
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

  @Command(name = "install", description = "Install the Jupyter kernel, over an older one.",
      footer = {"", "Examples:", "  secateur kernel install", "  secateur kernel install --prefix /usr/local"})
  private int install(@ArgGroup Target target) throws IOException {
    Path kernels = target == null || target.prefix == null ? KernelSpec.userKernels() : KernelSpec.kernelsUnder(target.prefix);
    spec.commandLine().getOut().println("installed the kernel in " + KernelSpec.install(kernels));
    return 0;
  }
}
