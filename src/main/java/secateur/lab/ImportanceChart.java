package secateur.lab;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.method.GroupScores;
import secateur.method.Structural;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.text.Windows;

/**
 * How the importance of heads and neurons is spread, and which of them a method would remove. Where blocks are ranked for
 * themselves, each has a threshold of its own, and what goes and what stays overlap.
 */
final class ImportanceChart {

  private static final int BINS = 40;

  /** The importance of groups that stay or go, each divided by the number of its weights. */
  private record Fate(List<Double> stay, List<Double> go) {

    Fate() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  private final XYChart chart;
  private final Map<Part, Fate> fates = new EnumMap<>(Part.class);
  private final double low;
  private final double high;

  private ImportanceChart(String title, GroupScores scores, Map<Part, List<int[]>> kept) {
    chart = Theme.chart(title, "importance per weight of a group", "share of all groups of the kind, %");
    scores.parts().forEach((part, rows) -> fates.put(part, fate(rows, kept.get(part))));
    double[] all = fates.values().stream().flatMap(fate -> Stream.concat(fate.stay().stream(), fate.go().stream()))
        .mapToDouble(Double::doubleValue).filter(value -> value > 0).map(Math::log10).toArray();
    low = Arrays.stream(all).min().orElse(0);
    high = Math.max(Arrays.stream(all).max().orElse(1), low + 0.1);
  }

  /** Of {@code model} as {@code method} sees it. */
  static XYChart of(Structural method, Llm model, Windows text) {
    GroupScores scores = method.scores(model, text);
    ImportanceChart importance = new ImportanceChart("Importance, by " + method, scores, scores.survivors(method.width()));
    List<Part> parts = new ArrayList<>(importance.fates.keySet());
    Collections.reverse(parts); // many neurons behind few heads
    parts.forEach(importance::draw);
    importance.chart.getStyler().setXAxisLogarithmic(true);
    return importance.chart;
  }

  private static Fate fate(List<GroupScores.Row> rows, List<int[]> kept) {
    Fate fate = new Fate();
    for (GroupScores.Row row : rows) {
      for (int group = 0; group < row.scores().length; group++) {
        boolean stays = Arrays.binarySearch(kept.get(row.block()), group) >= 0;
        (stays ? fate.stay() : fate.go()).add((double) row.scores()[group] / row.weights());
      }
    }
    return fate;
  }

  private void draw(Part part) {
    Fate fate = fates.get(part);
    Color color = Theme.color(1 + part.ordinal());
    int all = fate.stay().size() + fate.go().size();
    line(String.format(Locale.ROOT, "%s that stay, %,d", part.label(), fate.stay().size()), fate.stay(), all, Theme.pale(color));
    line(String.format(Locale.ROOT, "%s that go, %,d", part.label(), fate.go().size()), fate.go(), all, color);
  }

  private void line(String name, List<Double> values, int all, Color color) {
    double[] y = new double[BINS + 2];
    values.forEach(value -> y[1 + bin(value)] += 100.0 / all);
    double[] x = IntStream.range(0, BINS + 2).mapToDouble(bin -> Math.pow(10, low + (bin - 0.5) * (high - low) / BINS)).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea).setMarker(SeriesMarkers.NONE).setLineColor(color).setFillColor(color);
  }

  /** Zeros count as the least. */
  private int bin(double value) {
    double share = (Math.log10(Math.max(value, Math.pow(10, low))) - low) / (high - low);
    return Math.min(BINS - 1, (int) (share * BINS));
  }
}
