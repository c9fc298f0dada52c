package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import secateur.model.Llm;

class DistributionChartTest {

  private static final String TEXT = "  public int size() {\n    return";

  @Test
  void theLikeliestTokensFirst() {
    try (Llm model = Llm.load("java-8m")) {
      CategoryChart chart = DistributionChart.nextToken(model, TEXT, 1, 2);
      assertThat(chart.getSeries("τ = 1").getYData()).hasSize(12).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      float[][] logits = model.logits(model.tokenizer().encode(TEXT));
      double[] weights = IntStream.range(0, 4096).mapToDouble(i -> -Math.exp(logits[logits.length - 1][i])).sorted().toArray();
      double likeliest = Arrays.stream(weights, 0, 12).sum() / Arrays.stream(weights).sum();
      assertThat(Arrays.stream(chart.getSeries("τ = 1").getYData()).sum()).isCloseTo(likeliest, org.assertj.core.data.Offset.offset(1e-9));
      String first = model.generate(TEXT, 1, secateur.model.Sampler.GREEDY).substring(TEXT.length());
      assertThat(List.copyOf(chart.getSeries("τ = 1").getXData()).get(0)).isEqualTo(first.replace(' ', '␣'));
    }
  }

  @Test
  void heatFlattens() {
    try (Llm model = Llm.load("java-8m")) {
      CategoryChart chart = DistributionChart.nextToken(model, TEXT, 1, 2, 4);
      double[] highest = IntStream.of(1, 2, 4).mapToDouble(t -> chart.getSeries("τ = " + t).getYData()[0]).toArray();
      double[] cold = chart.getSeries("τ = 1").getYData();
      double[] warm = chart.getSeries("τ = 2").getYData();
      assertThat(highest).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      // p_i / p_j at τ = 2 is the square root of that at τ = 1
      assertThat(warm[0] / warm[3]).isCloseTo(Math.sqrt(cold[0] / cold[3]), org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void fewOutcomesAreBarsAndManyLines() {
    assertThat(DistributionChart.of("p", List.of("a", "b"), Map.of("p", new double[] {0.5, 0.5})).getStyler().getDefaultSeriesRenderStyle())
        .isEqualTo(CategorySeriesRenderStyle.Bar);
    List<String> many = IntStream.range(0, 40).mapToObj(String::valueOf).toList();
    assertThat(DistributionChart.of("p", many, Map.of("p", new double[40])).getStyler().getDefaultSeriesRenderStyle())
        .isEqualTo(CategorySeriesRenderStyle.Line);
    assertThatThrownBy(() -> DistributionChart.of("p", many, Map.of("q", new double[39]))).hasMessageContainingAll("'q'", "39", "40");
  }
}
