package secateur.lab;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** How the cells of one column are written. */
public sealed interface CellFormat {

  String MISSING = "–";

  /** The text of a cell. */
  String cell(int row);

  /** Whether the column holds numbers. */
  boolean isNumber();

  static CellFormat of(Column<?> column) {
    return column instanceof NumericColumn<?> numbers
        ? new Numbers(numbers, Numbers.format(numbers)) : new Text(column);
  }

  /** Anything but numbers, as the column itself writes it. */
  record Text(Column<?> column) implements CellFormat {
    @Override
    public String cell(int row) {
      return column.isMissing(row) ? MISSING : column.getString(row);
    }

    @Override
    public boolean isNumber() {
      return false;
    }
  }

  /** Numbers with three decimals, more where the smallest needs them for four digits, and no needless zeros. */
  record Numbers(NumericColumn<?> column, DecimalFormat format) implements CellFormat {

    private static final int DIGITS = 4;
    private static final int USUAL = 3;
    private static final double LARGE = 1e12;
    private static final double SMALL = 1e-4;

    @Override
    public String cell(int row) {
      double value = column.getDouble(row);
      if (column.isMissing(row)) {
        return MISSING;
      }
      return Double.isInfinite(value) ? (value > 0 ? "∞" : "-∞") : format.format(value);
    }

    @Override
    public boolean isNumber() {
      return true;
    }

    static DecimalFormat format(NumericColumn<?> column) {
      double[] values = IntStream.range(0, column.size()).filter(row -> !column.isMissing(row))
          .mapToDouble(column::getDouble).filter(Double::isFinite).toArray();
      double smallest = DoubleStream.of(values).map(Math::abs).filter(value -> value > 0).min().orElse(1);
      double largest = DoubleStream.of(values).map(Math::abs).max().orElse(1);
      boolean exponent = largest >= LARGE || smallest < SMALL;
      String pattern = exponent ? "0.###E0" : decimals(values, smallest);
      return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    private static String decimals(double[] values, double smallest) {
      int most = Math.max(USUAL, Math.min(7, DIGITS - 1 - (int) Math.floor(Math.log10(smallest))));
      int needed = IntStream.rangeClosed(0, most).filter(n -> enough(values, n, most)).findFirst().orElse(most);
      return "#,##0" + (needed == 0 ? "" : "." + "0".repeat(needed));
    }

    private static boolean enough(double[] values, int decimals, int most) {
      double few = Math.pow(10, decimals);
      double many = Math.pow(10, most);
      return DoubleStream.of(values).allMatch(value ->
          Math.abs(Math.rint(value * few) / few - Math.rint(value * many) / many) < 0.5 / many);
    }
  }
}
