package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import secateur.Golden;
import secateur.method.Cost;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.PruneNeurons;
import secateur.quantize.SmoothQuant;
import secateur.text.Windows;

class QuantizationChartsTest {

  private final Windows text = Golden.windows("llama");
  private final Llm model = Golden.model("llama");
  private final Lab lab = new Lab(model, text, text);

  /** Scales that are known: s = sqrt(max|x| / max|W|), and nothing rounded. */
  private record Smoothed() implements Method {
    @Override
    public Cost cost(Llm model, Windows text) {
      return new Cost(0, 0);
    }

    @Override
    public Llm apply(Llm model, Windows text) {
      return new SmoothQuant(0.5).smoothed(model, text);
    }
  }

  @AfterEach
  void close() {
    lab.close();
    model.close();
  }

  private static double[] y(XYChart chart, String series) {
    return chart.getSeries(series).getYData();
  }

  @Test
  void peaksOfInputsAndWeightsMeetWhereTheyAreMovedHalfway() {
    XYChart chart = lab.step(new Smoothed()).peaksChart("1.gate");
    assertThat(y(chart, "|x| before")).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    for (int j = 0; j < y(chart, "|x| before").length; j++) {
      double expected = Math.sqrt(y(chart, "|x| before")[j] * y(chart, "|W| before")[j]);
      assertThat(y(chart, "|x| after")[j]).isCloseTo(expected, within(1e-3 * expected));
      assertThat(y(chart, "|W| after")[j]).isCloseTo(expected, within(1e-3 * expected));
    }
  }

  @Test
  void peaksOfTheDenseModelAreDrawnOnce() {
    assertThat(lab.peaksChart("0.down").getSeriesCollection()).extracting(XYSeries::getName).containsExactly("|x|", "|W|");
  }

  @Test
  void scalesStandOverTheInputsTheyWereMadeOf() {
    XYSeries dots = lab.step(new Smoothed()).scalesChart("0.v").getSeries("a channel");
    XYSeries before = lab.peaksChart("0.v").getSeries("|x| before");
    double[] expected = new double[before.getYData().length];
    double[] weights = y(lab.peaksChart("0.v"), "|W| before");
    Arrays.setAll(expected, j -> Math.sqrt(before.getYData()[j] / weights[j]));
    assertThat(sorted(dots.getYData())).containsExactly(sorted(expected), within(1e-3));
    assertThat(Arrays.stream(dots.getXData())).allMatch(mean -> mean > 0);
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).sorted().toArray();
  }

  @Test
  void whatWasCutHasNeitherScalesNorPeaks() {
    lab.step(new PruneNeurons(0.25));
    assertThatThrownBy(() -> lab.scalesChart("1.down")).hasMessageContaining("none were cut");
    assertThatThrownBy(() -> lab.peaksChart("1.down")).hasMessageContaining("none were cut");
  }

  @Test
  void eachKindOfLevelsHasAllWeights() {
    XYChart chart = lab.levelsChart("0.up");
    for (String name : List.of("NF4", "even levels")) {
      assertThat(Arrays.stream(y(chart, name)).filter(each -> !Double.isNaN(each)).sum()).isCloseTo(100, within(1e-6));
      assertThat(Arrays.stream(chart.getSeries(name).getXData()).distinct()).hasSize(16).contains(-1.0, 1.0);
    }
    double[] even = Arrays.stream(chart.getSeries("even levels").getXData()).distinct().toArray();
    for (int i = 1; i < even.length; i++) {
      assertThat(even[i] - even[i - 1]).isCloseTo(2.0 / 15, within(1e-6));
    }
  }
}
