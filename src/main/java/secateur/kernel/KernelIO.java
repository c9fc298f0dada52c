package secateur.kernel;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** The library's channels for displays and input, with printing replaced by {@link CellOutput}. */
final class KernelIO extends JupyterIO {

  private final CellOutput output;
  private RequestEnvironment environment;

  KernelIO(CellOutput output) {
    super(StandardCharsets.UTF_8);
    this.output = output;
  }

  /** Makes System.in, out and err those of the notebook, for as long as the kernel lives. */
  void install() {
    System.setOut(output.out());
    System.setErr(output.err());
    System.setIn(in);
  }

  /** Hands everything that comes from now on to this cell. */
  void attach(RequestEnvironment newEnvironment, boolean silent, boolean input) {
    environment = newEnvironment;
    output.attach(silent ? (type, text) -> {} : newEnvironment::stream);
    setEnv(newEnvironment);
    setJupyterInEnabled(input);
  }

  CellOutput output() {
    return output;
  }

  /** Where the cell that ran last replies. */
  ShellReplyEnvironment environment() {
    return environment;
  }
}
