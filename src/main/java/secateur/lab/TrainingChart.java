package secateur.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.tensor.Curves;
import secateur.train.Curve;

/** Curves of a training as a chart: lines of many points pale, with their running mean over them. */
public final class TrainingChart {

  private static final int DOTS = 40;
  private static final int FEW = 100;
  private static final int DRAWN = 500;
  private static final int REACH = 100;
  private static final double BEGINNING = 0.04;

  /** Thousands, millions or billions, where numbers are that large. */
  private record Unit(double size, String suffix) {

    static Unit of(double largest) {
      return largest >= 1e9 ? new Unit(1e9, ", G") : largest >= 1e6 ? new Unit(1e6, ", M")
          : largest >= 1e4 ? new Unit(1e3, ", k") : new Unit(1, "");
    }
  }

  private TrainingChart() {}

  /** Training and held-out losses by tokens. */
  public static XYChart of(Curve curve) {
    return of("Training", curve.lines());
  }

  /** All lines of {@code curves}. */
  public static XYChart of(String title, Curves curves) {
    List<Curves.Line> lines = curves.lines();
    Unit unit = Unit.of(lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).max().orElse(0));
    XYChart chart = Theme.chart(title, curves.x() + unit.suffix(), curves.y());
    for (int i = 0; i < lines.size(); i++) {
      add(chart, lines.get(i), unit, Theme.color(i + 1));
    }
    if (lines.stream().anyMatch(line -> line.size() > FEW)) {
      chart.getStyler().setYAxisMax(top(lines));
    }
    return chart;
  }

  /** What all lines reach at most after the steep beginning. */
  private static double top(List<Curves.Line> lines) {
    double begin = BEGINNING * lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).max().orElse(0);
    return lines.stream().flatMapToDouble(line -> IntStream.range(0, line.size())
        .filter(i -> line.x()[i] >= begin).mapToDouble(i -> line.y()[i])).max().orElse(1);
  }

  private static void add(XYChart chart, Curves.Line line, Unit unit, Color color) {
    double[] x = Arrays.stream(line.x()).map(value -> value / unit.size()).toArray();
    if (line.size() <= FEW) {
      XYSeries series = line(chart, line.name(), x, line.y(), color);
      series.setMarkerColor(color).setMarker(line.size() <= DOTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      return;
    }
    XYSeries each = line(chart, line.name() + ", each", x, line.y(), Theme.pale(color));
    each.setLineStyle(new BasicStroke(1)).setShowInLegend(false);
    line(chart, line.name(), x, smooth(line.y()), color);
  }

  private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color) {
    int[] kept = Thinning.kept(y, DRAWN);
    XYSeries series = chart.addSeries(name, Thinning.at(kept, x), Thinning.at(kept, y));
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(new BasicStroke(2));
    return series;
  }

  /** The mean over the hundredth before and after each point. */
  static double[] smooth(double[] y) {
    double[] sums = new double[y.length + 1];
    for (int i = 0; i < y.length; i++) {
      sums[i + 1] = sums[i] + y[i];
    }
    double[] means = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int from = Math.max(0, i - y.length / REACH);
      int to = Math.min(y.length, i + y.length / REACH + 1);
      means[i] = (sums[to] - sums[from]) / (to - from);
    }
    return means;
  }
}
