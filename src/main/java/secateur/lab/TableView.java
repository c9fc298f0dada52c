package secateur.lab;

import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * The part of a table that is shown: all of it, or its two ends.
 *
 * @param title the table's name; a lab says there what its figures rest on
 * @param names the columns' names
 * @param formats how the cells of each column are written
 * @param rows how many rows the table has
 */
public record TableView(String title, List<String> names, List<CellFormat> formats, int rows) {

  private static final int WHOLE = 40;
  private static final int END = 15;

  /** Looks at {@code table}. */
  public static TableView of(Table table) {
    List<CellFormat> formats = table.columns().stream().<CellFormat>map(CellFormat::of).toList();
    String title = table.name() == null ? "" : table.name();
    return new TableView(title, table.columnNames(), formats, table.rowCount());
  }

  boolean isCut() {
    return rows > WHOLE;
  }

  /** The rows of the beginning; all of them if the table is not cut. */
  List<List<String>> head() {
    return cells(0, isCut() ? END : rows);
  }

  /** The rows of the end; none if the table is not cut. */
  List<List<String>> tail() {
    return cells(isCut() ? rows - END : rows, rows);
  }

  private List<List<String>> cells(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(row -> formats.stream().map(format -> format.cell(row)).toList()).toList();
  }

  /** What stands between the two ends. */
  String cut() {
    return "… " + (rows - 2 * END) + " of " + rows + " rows not shown …";
  }

  /** Whether a column stands at the right, as numbers do. */
  boolean isRight(int column) {
    return formats.get(column).isNumber();
  }

  /** As an HTML table, styled within its elements. */
  public String html() {
    return new TableHtml(this).toString();
  }

  /** As lines of text. */
  public String text() {
    return new TableText(this).toString();
  }
}
