package secateur.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.measure.OnGrid;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Quantized;

/** A histogram of a layer's weights before rounding, in steps of their grid, and a line at each code, as high as its share of the weights. */
final class GridChart {

  private static final double MARGIN = 0.05;
  private static final double THIN = 64;

  private GridChart() {}

  static XYChart of(Llm dense, Llm now, String layer) {
    Linear before = dense.layer(layer);
    Linear after = now.layer(layer);
    if (!(after instanceof Quantized quantized)) {
      throw new IllegalArgumentException("layer '" + layer + "' is " + after + ", which has no grid of codes; quantize it first, for example %quantize Rtn(3)");
    }
    if (before.rows() != after.rows() || before.columns() != after.columns()) {
      throw new IllegalArgumentException("layer '" + layer + "' was " + before + " and is " + after
          + "; weights can be drawn on their grid only where none were cut");
    }
    return draw(layer, OnGrid.of(before, quantized));
  }

  private static XYChart draw(String layer, OnGrid grid) {
    XYChart chart = Theme.chart("Weights of " + layer + " on their grid of " + grid.bits() + " bits", "w / scale + zero, in steps of the grid",
        "share of the weights, % for a step");
    XYSeries area = chart.addSeries("before rounding", grid.places(), percent(grid.density()));
    area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea).setMarker(SeriesMarkers.NONE);
    area.setLineColor(Theme.PALE).setFillColor(Theme.PALE);
    lines(chart, percent(grid.codes()));
    int count = grid.codes().length;
    chart.getStyler().setXAxisMin(-1.5).setXAxisMax(count + 0.5).setYAxisMin(0.0).setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.##").setPlotGridVerticalLinesVisible(false);
    double most = Math.max(Arrays.stream(grid.codes()).max().orElse(0), Arrays.stream(grid.density()).max().orElse(0));
    chart.getStyler().setYAxisMax(100 * most * (1 + MARGIN));
    if (count <= 16) {
      chart.getStyler().setXAxisMaxLabelCount(count + 2);
    }
    return chart;
  }

  /** One series for all codes: each line goes up and down again, and nothing is drawn between them. */
  private static void lines(XYChart chart, double[] shares) {
    double[] x = IntStream.range(0, 3 * shares.length).mapToDouble(i -> i / 3).toArray();
    double[] y = IntStream.range(0, 3 * shares.length).mapToDouble(i -> i % 3 == 0 ? 0 : i % 3 == 1 ? shares[i / 3] : Double.NaN).toArray();
    Color color = Theme.color(1);
    XYSeries series = chart.addSeries("rounded to a code", x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(new BasicStroke(shares.length > THIN ? 1f : 3f));
  }

  private static double[] percent(double[] shares) {
    return Arrays.stream(shares).map(share -> 100 * share).toArray();
  }
}
