package secateur.kernel;

import java.util.UUID;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import picocli.CommandLine;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a cell can ask of the notebook it stands in. */
public final class Notebook {

  private Notebook() {}

  /** Shows a value now, as the last expression of a cell would be; returns the id of what is shown. */
  public static String display(Object value) {
    DisplayData data = render(value);
    String id = UUID.randomUUID().toString();
    data.putTransientData("display_id", id);
    BaseKernel.notebookKernel().display(data);
    return id;
  }

  /** Puts another value in the place of one that {@link #display} showed. */
  public static void update(String id, Object value) {
    DisplayData data = render(value);
    data.putTransientData("display_id", id);
    BaseKernel.notebookKernel().getIO().display.updateDisplay(data);
  }

  /** Removes what the running cell has shown so far. */
  public static void clear() {
    environment().publish(PublishClearOutput.NOW);
  }

  /** Shows a value in the pager, beside the notebook, when the running cell is done. */
  public static void page(Object value) {
    kernel().page(render(value));
  }

  /** The magics, and the Java that each writes. */
  public static Table magics() {
    StringColumn magic = StringColumn.create("magic");
    StringColumn purpose = StringColumn.create("what it does");
    StringColumn java = StringColumn.create("the Java it writes");
    Magics.commands().forEach(command -> {
      magic.append(Magics.synopsis(command));
      purpose.append(String.format(command.getCommandSpec().usageMessage().description()[0]));
      java.append(command.getCommandSpec().usageMessage().footer()[0]);
    });
    return Table.create("", magic, purpose, java);
  }

  /** How a magic is used, with its options. */
  public static String magic(String name) {
    return Magics.help(name).orElseThrow(() -> new IllegalArgumentException("there is no magic %" + name));
  }

  private static DisplayData render(Object value) {
    return value instanceof DisplayData data ? data : BaseKernel.notebookKernel().getRenderer().render(value);
  }

  private static ShellReplyEnvironment environment() {
    return ((KernelIO) kernel().getIO()).environment();
  }

  /** The kernel that runs, if it is ours. */
  static SecateurKernel kernel() {
    if (BaseKernel.notebookKernel() instanceof SecateurKernel kernel) {
      return kernel;
    }
    throw new IllegalStateException("only the Secateur kernel can do this; the running kernel is "
        + BaseKernel.notebookKernel().getName());
  }
}
