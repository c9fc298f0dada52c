package secateur.lab;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import secateur.model.Llm;

/** Probabilities of the same outcomes by several distributions: bars where outcomes are few, lines where they are many. */
public final class DistributionChart {

  private static final int BARS = 24;
  private static final int TOKENS = 12;
  private static final int TICKS = 16;

  private DistributionChart() {}

  /**
   * The probabilities {@code distributions} by name, each of all {@code outcomes}.
   *
   * @throws IllegalArgumentException where there are more or fewer probabilities than outcomes
   */
  public static CategoryChart of(String title, List<String> outcomes, Map<String, double[]> distributions) {
    CategoryChart chart = Theme.groups(title, "", "probability");
    int index = 0;
    for (Map.Entry<String, double[]> each : distributions.entrySet()) {
      if (each.getValue().length != outcomes.size()) {
        throw new IllegalArgumentException("'" + each.getKey() + "' has " + each.getValue().length + " probabilities for " + outcomes.size() + " outcomes");
      }
      CategorySeries series = chart.addSeries(each.getKey(), outcomes, Arrays.stream(each.getValue()).boxed().toList());
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(Theme.color(index));
      series.setFillColor(Theme.color(index));
      index++;
    }
    if (outcomes.size() > BARS) {
      chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
      chart.getStyler().setXAxisMaxLabelCount(TICKS);
    }
    return chart;
  }

  /** What {@code model} thinks comes after {@code text}: softmax(logits / τ) of the twelve likeliest tokens, for each temperature τ. */
  public static CategoryChart nextToken(Llm model, String text, double... temperatures) {
    float[][] all = model.logits(model.tokenizer().encode(text));
    float[] logits = all[all.length - 1];
    int[] likeliest = IntStream.range(0, logits.length).boxed().sorted((a, b) -> Float.compare(logits[b], logits[a]))
        .limit(TOKENS).mapToInt(Integer::intValue).toArray();
    Map<String, double[]> distributions = new LinkedHashMap<>();
    for (double temperature : temperatures) {
      double[] p = softmax(logits, temperature);
      distributions.put("τ = " + new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(temperature), Arrays.stream(likeliest).mapToDouble(id -> p[id]).toArray());
    }
    List<String> tokens = Arrays.stream(likeliest).mapToObj(id -> shown(model.tokenizer().decode(new long[] {id}))).toList();
    return of("What " + model.name() + " thinks comes next", distinct(tokens), distributions);
  }

  private static double[] softmax(float[] logits, double temperature) {
    double max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
    double[] p = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp((logits[i] - max) / temperature)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(each -> each / sum).toArray();
  }

  /** Blanks as {@code ␣}, ends of lines as {@code ⏎}. */
  private static String shown(String token) {
    return token.replace(' ', '␣').replace('\n', '⏎').replace('\t', '⇥');
  }

  /** An axis has every name once: pieces of characters are decoded alike. */
  private static List<String> distinct(List<String> tokens) {
    return IntStream.range(0, tokens.size()).mapToObj(i -> tokens.indexOf(tokens.get(i)) == i ? tokens.get(i) : tokens.get(i) + " #" + i).toList();
  }
}
