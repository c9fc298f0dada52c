package secateur.cli;

import java.io.PrintWriter;
import java.util.List;
import tech.tablesaw.api.Table;

/** Prints tables so that they fit the terminal. */
final class Results {

  private final PrintWriter out;

  Results(PrintWriter out) {
    this.out = out;
  }

  /** The table, the names of the columns that found no room, and the protocol that is its name. */
  void show(Table table) {
    int width = Terminal.columns();
    out.println(TextTable.of(table, width));
    List<String> leftOut = TextTable.leftOut(table, width);
    if (!leftOut.isEmpty()) {
      out.println(Lines.wrapped("Not shown for want of room: " + String.join(", ", leftOut) + ".", width));
    }
    out.println(Lines.wrapped("Protocol: " + table.name() + ".", width));
    out.flush();
  }
}
