package secateur.lab;

import java.util.Map;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/**
 * What stands above a column.
 *
 * @param name of the column in its table
 * @param title what is read first
 * @param note its unit, or its type, or empty
 */
record Heading(String name, String title, String note) {

  static final Heading LEFT_OUT = new Heading(CellFormat.LEFT_OUT, CellFormat.LEFT_OUT, "");

  private static final String INTEGER = "integer";
  private static final String NUMBER = "number";
  private static final String TEXT = "text";

  private static final Map<ColumnType, String> TYPES = Map.ofEntries(Map.entry(ColumnType.STRING, TEXT),
      Map.entry(ColumnType.SHORT, INTEGER), Map.entry(ColumnType.INTEGER, INTEGER), Map.entry(ColumnType.LONG, INTEGER),
      Map.entry(ColumnType.FLOAT, NUMBER), Map.entry(ColumnType.DOUBLE, NUMBER), Map.entry(ColumnType.BOOLEAN, "true or false"),
      Map.entry(ColumnType.LOCAL_DATE, "date"), Map.entry(ColumnType.LOCAL_TIME, "time"),
      Map.entry(ColumnType.LOCAL_DATE_TIME, "date, time"), Map.entry(ColumnType.INSTANT, "instant"));

  static Heading measured(MeasuredColumn column) {
    return new Heading(column.name(), column.heading(), column.unit());
  }

  static Heading typed(Column<?> column) {
    String type = TYPES.getOrDefault(column.type(), column.type().name().toLowerCase(java.util.Locale.ROOT));
    return new Heading(column.name(), column.name(), type);
  }

  static Heading plain(Column<?> column) {
    return new Heading(column.name(), column.name(), "");
  }
}
