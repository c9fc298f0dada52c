package secateur.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.measure.Channels;
import secateur.model.Llm;
import secateur.text.Windows;

/** Charts of the inputs of a layer, channel by channel, and of the weights that read them. */
final class ChannelCharts {

  private static final int DOT = 6;
  private static final float WIDE = 3.5f; // where the other line hides it

  private ChannelCharts() {}

  /** What each column of {@code layer} was multiplied by, a dot for each, against the mean magnitude of its input in {@code dense}. */
  static XYChart scales(Llm dense, Llm now, String layer, Windows text) {
    double[] scales = Channels.scales(dense.layer(layer), now.layer(layer));
    double[] means = Channels.of(dense, layer, text).means();
    XYChart chart = Theme.chart("Scales of the inputs of " + layer, "mean |x| of the input, before", "its column of W was multiplied by");
    XYSeries dots = chart.addSeries("a channel", means, scales);
    dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter).setMarkerColor(Theme.color(1));
    chart.getStyler().setMarkerSize(DOT).setLegendVisible(false);
    chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.0#");
    return chart;
  }

  /** The peaks of inputs and of weights, channels from the largest input of {@code dense} to the smallest. */
  static XYChart peaks(Llm dense, Llm now, String layer, Windows text) {
    XYChart chart = Theme.chart("Peaks of the inputs of " + layer + " and of the weights that read them",
        "channels, the largest input of the dense model first", "largest magnitude");
    Channels before = Channels.of(dense, layer, text);
    int[] order = IntStream.range(0, before.peaks().length).boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> -before.peaks()[j])).mapToInt(j -> j).toArray();
    boolean alone = now == dense;
    line(chart, alone ? "|x|" : "|x| before", pick(before.peaks(), order), alone ? Theme.color(1) : Theme.pale(Theme.color(1)));
    line(chart, alone ? "|W|" : "|W| before", pick(before.weights(), order), alone ? Theme.color(2) : Theme.pale(Theme.color(2)));
    if (!alone) {
      Channels after = Channels.of(now, layer, text);
      if (after.peaks().length != order.length) {
        throw new IllegalArgumentException("layer '" + layer + "' read " + order.length + " inputs and reads " + after.peaks().length
            + "; channels can be drawn only where none were cut");
      }
      line(chart, "|x| after", pick(after.peaks(), order), Theme.color(1)).setLineStyle(new BasicStroke(WIDE));
      line(chart, "|W| after", pick(after.weights(), order), Theme.color(2));
    }
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) order.length).setYAxisMin(0.0);
    return chart;
  }

  private static XYSeries line(XYChart chart, String name, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color);
    return series;
  }

  private static double[] pick(double[] values, int[] places) {
    return IntStream.of(places).mapToDouble(j -> values[j]).toArray();
  }
}
