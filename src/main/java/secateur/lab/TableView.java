package secateur.lab;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The part of a table that is shown: all of it, or the ends of its rows and of its columns. Where columns have units,
 * they are shown; elsewhere the columns' types.
 */
public final class TableView {

  private static final int ROWS = 40;
  private static final int END_ROWS = 15;
  private static final int COLUMNS = 20;
  private static final int END_COLUMNS = 9;

  private final String title;
  private final List<Heading> headings;
  private final List<CellFormat> formats;
  private final Ends rows;
  private final Ends columns;

  private TableView(Table table) {
    title = table.name() == null ? "" : table.name();
    rows = new Ends(table.rowCount(), ROWS, END_ROWS);
    columns = new Ends(table.columnCount(), COLUMNS, END_COLUMNS);
    headings = shown(table, Heading.LEFT_OUT, headings(table.columns()));
    formats = shown(table, new CellFormat.Gap(), CellFormat::of);
  }

  /** Looks at {@code table}. */
  public static TableView of(Table table) {
    return new TableView(table);
  }

  private <T> List<T> shown(Table table, T gap, Function<Column<?>, T> look) {
    Stream<T> head = columns.head().mapToObj(i -> look.apply(table.column(i)));
    Stream<T> tail = columns.tail().mapToObj(i -> look.apply(table.column(i)));
    return Stream.concat(Stream.concat(head, columns.isCut() ? Stream.of(gap) : Stream.empty()), tail).toList();
  }

  private static Function<Column<?>, Heading> headings(List<Column<?>> columns) {
    boolean typed = columns.stream().noneMatch(MeasuredColumn.class::isInstance)
        && !columns.stream().allMatch(StringColumn.class::isInstance);
    return column -> column instanceof MeasuredColumn measured ? Heading.measured(measured)
        : typed ? Heading.typed(column) : Heading.plain(column);
  }

  /** The table's name; a lab says there what its figures rest on. */
  String title() {
    return title;
  }

  List<Heading> headings() {
    return headings;
  }

  /** How the cells of each column that is shown are written. */
  List<CellFormat> formats() {
    return formats;
  }

  /** The rows of the beginning; all of them if the table is not cut. */
  IntStream head() {
    return rows.head();
  }

  /** The rows of the end; none if the table is not cut. */
  IntStream tail() {
    return rows.tail();
  }

  boolean isCut() {
    return rows.isCut();
  }

  /** What stands between the two ends. */
  String cut() {
    return "… " + (rows.size() - 2 * END_ROWS) + " of " + rows.size() + " rows not shown …";
  }

  /** Rows and columns where not all of them are shown, or empty. */
  String shape() {
    return rows.isCut() || columns.isCut() ? rows.counted("row") + " × " + columns.counted("column") : "";
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
