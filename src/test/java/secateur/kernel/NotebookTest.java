package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class NotebookTest {

  @Test
  void printsTextWhereNoKernelRuns() {
    PrintStream usual = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      String id = Notebook.display(Table.create("", IntColumn.create("i", new int[] {1})));
      Notebook.update(id, new int[] {2});
      Notebook.clear();
      Notebook.page("help");
      Notebook.display(null);
    } finally {
      System.setOut(usual);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("i", "-", "1", "int[1] {2}", "help", "null");
  }
}
