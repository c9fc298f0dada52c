package secateur.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import secateur.lab.Html;

/**
 * What is shown of an array: what it is, and the corner of its first matrix.
 *
 * @param title shape, type and device
 * @param corner at most six rows of six numbers; null where there are no numbers to show
 * @param rows rows of that matrix
 * @param columns columns of that matrix
 */
record ArrayView(String title, String[][] corner, long rows, long columns) {

  private static final int MOST = 6;
  private static final String CELL = "<td style=\"padding:.15em .7em;border:none;text-align:right\">";

  static ArrayView of(NDArray array) {
    Shape shape = array.getShape();
    String type = array.getDataType().name().toLowerCase(Locale.ROOT);
    String title = "NDArray " + shape + " " + type + " on " + array.getDevice();
    int dimensions = shape.dimension();
    long rows = dimensions < 2 ? 1 : shape.get(dimensions - 2);
    long columns = dimensions < 1 ? 1 : shape.get(dimensions - 1);
    boolean numbers = shape.size() > 0 && (array.getDataType().isFloating() || array.getDataType().isInteger()
        || array.getDataType().isBoolean());
    return new ArrayView(title, numbers ? corner(array, rows, columns) : null, rows, columns);
  }

  /** Reads only the corner, through a view: arrays may be larger than the heap. */
  private static String[][] corner(NDArray array, long rows, long columns) {
    int height = (int) Math.min(MOST, rows);
    int width = (int) Math.min(MOST, columns);
    double[] values;
    try (NDManager scope = array.getManager().newSubManager()) {
      values = view(array, scope).toType(DataType.FLOAT64, false).toDoubleArray(); // (height, width)
    }
    boolean whole = !array.getDataType().isFloating();
    return IntStream.range(0, height).mapToObj(row -> IntStream.range(0, width)
        .mapToObj(column -> number(values[row * width + column], whole)).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  private static NDArray view(NDArray array, NDManager scope) {
    int dimensions = array.getShape().dimension();
    String index = IntStream.range(0, dimensions).mapToObj(i -> i < dimensions - 2 ? "0" : ":" + MOST)
        .collect(Collectors.joining(","));
    return array.get(scope, new NDIndex(index.isEmpty() ? "..." : index));
  }

  private static String number(double value, boolean whole) {
    if (whole) {
      return Long.toString((long) value);
    }
    return value != 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3)
        ? String.format(Locale.ROOT, "%.3e", value) : String.format(Locale.ROOT, "%.4f", value + 0.0); // -0.0 as 0
  }

  View view() {
    return View.of(text()).html(html());
  }

  String html() {
    if (corner == null) {
      return "<div>" + Html.escape(title) + "</div>";
    }
    String body = lines().stream().map(line -> line.stream().map(cell -> CELL + Html.escape(cell) + "</td>")
        .collect(Collectors.joining("", "<tr>", "</tr>"))).collect(Collectors.joining());
    return "<div class=\"secateur-array\"><div>" + Html.escape(title) + "</div>"
        + "<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">" + body + "</table></div>";
  }

  String text() {
    if (corner == null) {
      return title;
    }
    return lines().stream()
        .map(line -> line.stream().map(cell -> String.format("%11s", cell)).collect(Collectors.joining()))
        .collect(Collectors.joining("\n", title + "\n", ""));
  }

  /** The corner, with dots where more follows. */
  private List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>();
    for (String[] row : corner) {
      List<String> line = new ArrayList<>(List.of(row));
      if (columns > row.length) {
        line.add("…");
      }
      lines.add(line);
    }
    if (rows > corner.length) {
      lines.add(lines.get(0).stream().map(cell -> "…").toList());
    }
    return lines;
  }
}
