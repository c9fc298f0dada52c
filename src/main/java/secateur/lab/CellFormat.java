package secateur.lab;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** How the cells of one column are written. */
sealed interface CellFormat {

  String MISSING = "–";
  String LEFT_OUT = "…";

  /** The text of a cell. */
  String cell(int row);

  /** The colour behind a cell, or empty. */
  default String background(int row) {
    return "";
  }

  /** Whether the column holds numbers, which stand at the right. */
  default boolean isNumber() {
    return false;
  }

  static CellFormat of(Column<?> column) {
    Scale scale = column instanceof MeasuredColumn measured ? measured.scale() : Scale.NONE;
    return column instanceof NumericColumn<?> numbers ? new Numbers(numbers, Numbers.format(numbers), scale) : new Text(column);
  }

  /** Stands for columns that are left out. */
  record Gap() implements CellFormat {
    @Override
    public String cell(int row) {
      return LEFT_OUT;
    }
  }

  /** Anything but numbers, as the column itself writes it. */
  record Text(Column<?> column) implements CellFormat {
    @Override
    public String cell(int row) {
      return column.isMissing(row) ? MISSING : column.getString(row);
    }
  }

  /** Numbers with three decimals, more where the smallest but a few need them for four digits, and no needless zeros. */
  record Numbers(NumericColumn<?> column, DecimalFormat format, Scale scale) implements CellFormat {

    private static final int DIGITS = 4;
    private static final int USUAL = 3;
    private static final int FEW = 20;
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
    public String background(int row) {
      return column.isMissing(row) ? "" : scale.background(column.getDouble(row));
    }

    @Override
    public boolean isNumber() {
      return true;
    }

    static DecimalFormat format(NumericColumn<?> column) {
      double[] values = IntStream.range(0, column.size()).filter(row -> !column.isMissing(row))
          .mapToDouble(column::getDouble).filter(Double::isFinite).toArray();
      double[] sizes = DoubleStream.of(values).map(Math::abs).filter(value -> value > 0).sorted().toArray();
      double smallest = sizes.length == 0 ? 1 : sizes[sizes.length / FEW];
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
