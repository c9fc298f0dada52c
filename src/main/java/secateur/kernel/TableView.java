package secateur.kernel;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The part of a table that is shown, as text: numbers alike within a column, a dash for what is missing.
 *
 * @param names the columns' names
 * @param right which columns are numbers, set to the right
 * @param head rows of the beginning
 * @param tail rows of the end; empty if the head is all
 * @param rows how many rows the table has
 */
record TableView(List<String> names, List<Boolean> right, List<List<String>> head, List<List<String>> tail, int rows) {

  private static final int WHOLE = 40;
  private static final int END = 15;
  private static final String CELL = "padding:.25em .8em;border:none;vertical-align:top;";
  private static final String RULE = "border-bottom:1px solid rgba(128,128,128,.45)";

  static TableView of(Table table) {
    List<CellFormat> formats = table.columns().stream().<CellFormat>map(CellFormat::of).toList();
    int rows = table.rowCount();
    boolean cut = rows > WHOLE;
    return new TableView(table.columnNames(), formats.stream().map(CellFormat::isNumber).toList(),
        rows(formats, 0, cut ? END : rows), rows(formats, cut ? rows - END : rows, rows), rows);
  }

  private static List<List<String>> rows(List<CellFormat> formats, int from, int to) {
    return IntStream.range(from, to).mapToObj(row -> formats.stream().map(format -> format.cell(row)).toList()).toList();
  }

  String html() {
    String header = IntStream.range(0, names.size()).mapToObj(i ->
        "<th style=\"" + CELL + align(i) + ";" + RULE + "\">" + Html.escape(names.get(i)) + "</th>").collect(Collectors.joining());
    return "<table class=\"secateur-table\" style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">"
        + "<thead><tr>" + header + "</tr></thead><tbody>"
        + htmlRows(head) + (tail.isEmpty() ? "" : htmlCut() + htmlRows(tail)) + "</tbody></table>";
  }

  private String htmlRows(List<List<String>> shown) {
    return shown.stream().map(row -> "<tr>" + htmlCells(row) + "</tr>").collect(Collectors.joining());
  }

  private String htmlCells(List<String> row) {
    return IntStream.range(0, row.size()).mapToObj(i ->
        "<td style=\"" + CELL + align(i) + "\">" + Html.escape(row.get(i)) + "</td>").collect(Collectors.joining());
  }

  private String htmlCut() {
    return "<tr><td colspan=\"" + names.size() + "\" style=\"" + CELL + "text-align:center;opacity:.7\">" + cut() + "</td></tr>";
  }

  private String cut() {
    return "… " + (rows - head.size() - tail.size()) + " of " + rows + " rows not shown …";
  }

  private String align(int column) {
    return right.get(column) ? "text-align:right;white-space:nowrap" : "text-align:left;white-space:normal;max-width:36em";
  }

  String text() {
    int[] widths = IntStream.range(0, names.size()).map(this::width).toArray();
    StringBuilder text = new StringBuilder(textRow(names, widths)).append('\n');
    text.append(IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
    head.forEach(row -> text.append('\n').append(textRow(row, widths)));
    if (!tail.isEmpty()) {
      text.append('\n').append(cut());
      tail.forEach(row -> text.append('\n').append(textRow(row, widths)));
    }
    return text.toString().stripTrailing();
  }

  private int width(int column) {
    int cells = Stream.concat(head.stream(), tail.stream()).mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(cells, names.get(column).length());
  }

  private String textRow(List<String> row, int[] widths) {
    return IntStream.range(0, row.size()).mapToObj(i -> {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      return right.get(i) ? pad + row.get(i) : row.get(i) + pad;
    }).collect(Collectors.joining("  ")).stripTrailing();
  }
}
