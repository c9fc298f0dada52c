package secateur.lab;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Perplexity against a cost: a labelled point for each model, and an arrow to each from what its last method was applied to. */
final class Points {

  private static final double WIDE = 8;
  private static final String NEXT = " + ";

  private final XYChart chart;
  private final List<Measured> rows;
  private final double[] costs;
  private final double[] values;

  private Points(XYChart chart, List<Measured> rows, double[] costs) {
    this.chart = chart;
    this.rows = rows;
    this.costs = costs;
    this.values = rows.stream().mapToDouble(row -> row.perplexity().value()).toArray();
  }

  static XYChart of(String title, String unit, List<Measured> rows, ToDoubleFunction<Measured> cost) {
    XYChart chart = Theme.chart(title, unit, "perplexity");
    new Points(chart, rows, rows.stream().mapToDouble(cost).toArray()).draw();
    return chart;
  }

  private void draw() {
    Spread x = Spread.of(costs, 0.18, false).positive();
    Spread y = Spread.of(values, 0.1, Arrays.stream(values).max().orElse(1) > WIDE * Arrays.stream(values).min().orElse(1));
    chart.getStyler().setXAxisMin(x.low()).setXAxisMax(x.high()).setYAxisMin(y.low()).setYAxisMax(y.high())
        .setYAxisLogarithmic(y.logarithmic()).setLegendVisible(false);
    for (int i = 0; i < rows.size(); i++) {
      chart.addSeries(Charts.unused(chart, rows.get(i).label()), new double[] {costs[i]}, new double[] {values[i]});
    }
    List<Arrow> arrows = IntStream.range(0, rows.size()).boxed().flatMap(to -> origin(to).stream().map(from ->
        new Arrow(costs[from], values[from], costs[to], values[to], Theme.color(to)))).toList();
    arrows.forEach(arrow -> chart.addAnnotation(arrow));
    new Labels(x, y, arrows).add(chart, IntStream.range(0, rows.size()).mapToObj(this::text).toList(), costs, values);
  }

  /** The model that row {@code to} was made of: that whose methods its label goes on from. */
  private Optional<Integer> origin(int to) {
    return IntStream.range(0, rows.size()).boxed().filter(from -> rows.get(to).label().startsWith(rows.get(from).label() + NEXT))
        .max(Comparator.comparingInt(from -> rows.get(from).label().length()));
  }

  /** The methods since the row that an arrow comes from, or all. */
  private String text(int row) {
    String label = rows.get(row).label();
    return origin(row).map(from -> label.substring(rows.get(from).label().length() + 1)).orElse(label);
  }
}
