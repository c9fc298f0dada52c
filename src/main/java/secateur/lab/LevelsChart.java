package secateur.lab;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.measure.OnLevels;
import secateur.model.Levels;
import secateur.model.Linear;
import secateur.model.Llm;

/**
 * A histogram of a layer's weights, each over the largest of its block of 64, and a line at each of the 16 levels of NF4 and of
 * 16 that are as far from each other, as high as the share of the weights that are nearest to it.
 */
final class LevelsChart {

  private static final int COUNT = 16;
  private static final double STEP = 2.0 / (COUNT - 1);

  private LevelsChart() {}

  static XYChart of(Llm model, String layer) {
    Linear linear = model.layer(layer);
    OnLevels normal = OnLevels.of(linear, Levels.NF4.numbers());
    OnLevels even = OnLevels.of(linear, even());
    XYChart chart = Theme.chart("Weights of " + layer + " among 16 levels", "w / largest |w| of its block of 64", "share of the weights, %");
    XYSeries area = chart.addSeries("weights, for a step of the even levels", normal.places(), scaled(normal.density(), 100 * STEP));
    area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea).setMarker(SeriesMarkers.NONE);
    area.setLineColor(Theme.PALE).setFillColor(Theme.PALE);
    lines(chart, "even levels", even, 2);
    lines(chart, "NF4", normal, 1);
    chart.getStyler().setXAxisMin(-1.1).setXAxisMax(1.1).setYAxisMin(0.0).setPlotGridVerticalLinesVisible(false)
        .setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.##");
    return chart;
  }

  /** 16 levels from -1 to 1, as far from each other. */
  private static float[] even() {
    float[] levels = new float[COUNT];
    IntStream.range(0, COUNT).forEach(i -> levels[i] = (float) (i * STEP - 1));
    return levels;
  }

  /** Each line goes up and down again, and nothing is drawn between them. */
  private static void lines(XYChart chart, String name, OnLevels on, int color) {
    double[] x = Arrays.stream(on.levels()).flatMap(level -> DoubleStream.of(level, level, level)).toArray();
    double[] y = Arrays.stream(on.shares()).flatMap(share -> DoubleStream.of(0, 100 * share, Double.NaN)).toArray();
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE).setLineColor(Theme.color(color)).setLineStyle(new BasicStroke(3f));
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
