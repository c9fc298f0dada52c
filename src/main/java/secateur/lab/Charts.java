package secateur.lab;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.measure.Histogram;

/** Measurements as charts. */
final class Charts {

  private static final double MIB = 1 << 20;
  private static final double WIDE = 8;
  private static final int LONG = 40;
  private static final Comparator<String> FORWARD = Comparator.comparingInt(layer -> Integer.parseInt(layer.substring(0, layer.indexOf('.'))));

  private Charts() {}

  /** Perplexity against bytes on disk, a labelled point for each. */
  static XYChart size(List<Measured> rows) {
    return Points.of("Perplexity against size", "MiB on disk", rows, row -> row.size().disk() / MIB);
  }

  /** Perplexity against bits per weight, a labelled point for each. */
  static XYChart bits(List<Measured> rows) {
    return Points.of("Perplexity against bits per weight", "bits per weight, scales and zeros included", rows, row -> row.size().bitsPerWeight());
  }

  /** Perplexity against parameters, a labelled point for each; a line leads to each from what it was made of, where that is there. */
  static XYChart parameters(List<Measured> rows) {
    return Points.of("Perplexity against parameters", "parameters, M", rows, row -> row.size().parameters() / 1e6);
  }

  /** Share of zeros of each layer. */
  static XYChart sparsity(List<Measured> rows) {
    XYChart chart = byLayer("Sparsity by layer", "zeros, %", rows, Measured::sparsity, 100);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    return chart;
  }

  /** Relative output error of each layer. */
  static XYChart error(List<Measured> rows) {
    List<Measured> changed = rows.stream().filter(m -> !m.errors().isEmpty()).toList();
    if (changed.isEmpty()) {
      throw new IllegalStateException("there is no error to draw yet: take a step, or compare some methods, first");
    }
    double[] all = changed.stream().flatMap(m -> m.errors().values().stream()).mapToDouble(e -> e).filter(e -> e > 0).toArray();
    boolean wide = all.length > 0 && Arrays.stream(all).max().orElse(1) > WIDE * Arrays.stream(all).min().orElse(1);
    XYChart chart = byLayer("Output error by layer", "|X (W - W')|² / |X W|², %", rows, m -> drawn(m.errors(), wide), 100);
    chart.getStyler().setYAxisLogarithmic(wide);
    return chart;
  }

  /** A logarithmic axis has no place for zeros. */
  private static Map<String, Double> drawn(Map<String, Double> errors, boolean logarithmic) {
    return errors.entrySet().stream().filter(each -> !logarithmic || each.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The distribution of a layer's weights before and after. */
  static XYChart weights(String layer, Histogram before, Histogram after, double sparsity) {
    XYChart chart = Theme.chart("Weights of " + layer, "weight", "how many");
    long[] counts = after.counts().clone();
    counts[counts.length / 2] -= Math.round(sparsity * Arrays.stream(counts).sum());
    line(chart, "before", before.middles(), before.counts()).setFillColor(Theme.PALE);
    String zeros = sparsity > 0.001 ? String.format(java.util.Locale.ROOT, "after, without its %.0f%% zeros", 100 * sparsity) : "after";
    line(chart, zeros, after.middles(), counts);
    chart.getStyler().setXAxisDecimalPattern("0.##");
    return chart;
  }

  /** {@code label}, numbered where {@code chart} has it already: XChart wants every name once. */
  static String unused(XYChart chart, String label) {
    String name = label;
    for (int i = 2; chart.getSeries(name) != null; i++) {
      name = label + " (" + i + ")";
    }
    return name;
  }

  private static XYSeries line(XYChart chart, String name, double[] x, long[] counts) {
    double[] y = Arrays.stream(counts).asDoubleStream().toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea).setMarker(SeriesMarkers.NONE);
    return series;
  }

  /** A line for each of {@code rows} that has figures, with gaps where layers are gone. */
  private static XYChart byLayer(String title, String unit, List<Measured> rows, Function<Measured, Map<String, Double>> figure,
      double factor) {
    XYChart chart = Theme.chart(title, "layer", unit);
    List<String> names = rows.stream().flatMap(row -> row.sparsity().keySet().stream()).distinct().sorted(FORWARD).toList();
    double[] x = new double[names.size()];
    Arrays.setAll(x, i -> i);
    for (Measured row : rows.stream().filter(each -> !figure.apply(each).isEmpty()).toList()) {
      double[] y = names.stream().mapToDouble(name -> factor * figure.apply(row).getOrDefault(name, Double.NaN)).toArray();
      chart.addSeries(unused(chart, row.label()), x, y);
    }
    chart.setCustomXAxisTickLabelsFormatter(at -> at == Math.rint(at) && at >= 0 && at < names.size() ? names.get(at.intValue()) : "");
    chart.getStyler().setMarkerSize(5);
    if (rows.stream().anyMatch(row -> row.label().length() > LONG)) {
      chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Vertical);
    }
    return chart;
  }
}
