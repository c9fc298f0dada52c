package secateur.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table as aligned text. Where the line is too short, the columns that matter least are left out. */
final class TextTable {

  /** Columns that stay longest first; the others go before them, from the right. */
  private static final List<String> IMPORTANT = List.of("method", "perplexity", "bits/weight", "sparsity %", "disk MiB",
      "speed-up", "change %", "params M", "decode ms/token", "compression", "prefill tokens/s");

  private static final String GAP = "  ";
  private static final int DIGITS = 3;

  private TextTable() {}

  /** {@code table} in lines of at most {@code width} characters, as long as its first column leaves room. */
  static String of(Table table, int width) {
    List<Column<?>> columns = fitting(table, width);
    List<List<String>> cells = columns.stream().map(TextTable::aligned).toList();
    StringBuilder text = new StringBuilder();
    for (int row = 0; row <= table.rowCount(); row++) {
      int at = row;
      text.append(String.join(GAP, cells.stream().map(column -> column.get(at)).toList()).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Names of the columns that {@link #of} leaves out. */
  static List<String> leftOut(Table table, int width) {
    List<Column<?>> shown = fitting(table, width);
    return table.columns().stream().filter(column -> !shown.contains(column)).map(Column::name).toList();
  }

  private static List<Column<?>> fitting(Table table, int width) {
    List<Column<?>> byWeight = new ArrayList<>(table.columns());
    byWeight.sort(Comparator.comparingInt(column -> rank(column.name())));
    List<Column<?>> shown = new ArrayList<>();
    int room = width + GAP.length();
    for (Column<?> column : byWeight) {
      int need = aligned(column).get(0).length() + GAP.length();
      if (!shown.isEmpty() && need > room) {
        break;
      }
      room -= need;
      shown.add(column);
    }
    shown.sort(Comparator.comparingInt(column -> table.columns().indexOf(column)));
    return shown;
  }

  private static int rank(String name) {
    return IMPORTANT.contains(name) ? IMPORTANT.indexOf(name) : IMPORTANT.size();
  }

  /** Name and cells of {@code column}, all of one length; numbers to the right, with as many decimals. */
  private static List<String> aligned(Column<?> column) {
    boolean number = column instanceof NumericColumn;
    List<String> cells = new ArrayList<>(List.of(column.name()));
    cells.addAll(number ? numbers((NumericColumn<?>) column) : column.asStringColumn().asList());
    int width = cells.stream().mapToInt(String::length).max().orElse(1);
    return cells.stream().map(cell -> String.format(number ? "%" + width + "s" : "%-" + width + "s", cell)).toList();
  }

  private static List<String> numbers(NumericColumn<?> column) {
    double[] values = column.asDoubleArray();
    int digits = 0;
    for (double value : values) {
      digits = Math.max(digits, Double.isFinite(value) ? Math.min(DIGITS, decimals(value)) : 0);
    }
    List<String> cells = new ArrayList<>();
    for (double value : values) {
      cells.add(Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "");
    }
    return cells;
  }

  private static int decimals(double value) {
    return Math.max(0, BigDecimal.valueOf(value).stripTrailingZeros().scale());
  }
}
