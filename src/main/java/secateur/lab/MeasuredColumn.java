package secateur.lab;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import tech.tablesaw.api.DoubleColumn;

/** Numbers with a unit. Sorted and selected rows keep it; what is computed from them has none. */
public final class MeasuredColumn extends DoubleColumn {

  private final String unit;
  private final Scale scale;

  private MeasuredColumn(String name, String unit, Scale scale, DoubleArrayList values) {
    super(name, values);
    this.unit = unit;
    this.scale = scale;
  }

  /** {@code values} in {@code unit}; where {@code name} ends in the unit, its heading says the unit beneath. */
  public static MeasuredColumn of(String name, String unit, double... values) {
    return of(name, unit, Scale.NONE, values);
  }

  static MeasuredColumn of(String name, String unit, Scale scale, double... values) {
    return new MeasuredColumn(name, unit, scale, new DoubleArrayList(values));
  }

  /** What its numbers count, such as {@code MiB}; empty for mere numbers. */
  public String unit() {
    return unit;
  }

  Scale scale() {
    return scale;
  }

  /** The name without the unit. */
  String heading() {
    String ending = " " + unit;
    return name().endsWith(ending) ? name().substring(0, name().length() - ending.length()) : name();
  }

  @Override
  public MeasuredColumn createCol(String name) {
    return createCol(name, 0);
  }

  @Override
  public MeasuredColumn createCol(String name, int size) {
    MeasuredColumn column = of(name, unit, scale);
    for (int i = 0; i < size; i++) {
      column.appendMissing();
    }
    return column;
  }

  @Override
  public MeasuredColumn copy() {
    MeasuredColumn copy = of(name(), unit, scale, asDoubleArray());
    copy.setPrintFormatter(getPrintFormatter());
    return copy;
  }
}
