package secateur.kernel;

import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import picocli.CommandLine;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a cell can ask of the notebook it stands in. Where there is no notebook, values are printed as text. */
public final class Notebook {

  private static volatile Screen screen = new Console();

  private Notebook() {}

  /** Where values are shown from now on. */
  static void screen(Screen here) {
    screen = here;
  }

  /** Shows a value now, as the last expression of a cell would be; returns the id of what is shown. */
  public static String display(Object value) {
    String id = UUID.randomUUID().toString();
    screen.display(id, shown(value));
    return id;
  }

  /** Puts another value in the place of one that {@link #display} showed. */
  public static void update(String id, Object value) {
    screen.update(id, shown(value));
  }

  /**
   * Removes what the running cell has shown so far.
   *
   * @throws IllegalStateException in a kernel of others, which has no way to do it
   */
  public static void clear() {
    screen.clear();
  }

  /**
   * Shows a value in the pager, beside the notebook, when the running cell is done.
   *
   * @throws IllegalStateException in a kernel of others, which has no way to do it
   */
  public static void page(Object value) {
    screen.page(shown(value));
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

  private static Object shown(Object value) {
    return value == null ? View.of("null") : value;
  }
}
