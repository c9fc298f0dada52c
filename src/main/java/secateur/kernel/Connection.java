package secateur.kernel;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.MessageContext;

/** The sockets to Jupyter; every request gets an environment that keeps printed text in order. */
final class Connection extends JupyterConnection {

  private final CellOutput output;

  Connection(KernelConnectionProperties properties, CellOutput output)
      throws NoSuchAlgorithmException, InvalidKeyException {
    super(properties);
    this.output = output;
    iopub.setSndHWM(0); // no limit: a full queue would drop messages, the closing "idle" among them
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel shell, MessageContext context) {
    return new RequestEnvironment(shell, stdin, iopub, context, output);
  }
}
