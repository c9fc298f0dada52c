package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import secateur.tensor.Curves;

class TrainingChartTest {

  private static XYChart chart(int steps) {
    Curves curves = new Curves("tokens", "loss");
    for (int i = 1; i <= steps; i++) {
      curves.point("training", i * 1000, 2 + 8.0 / i + (i % 2) * 0.1);
    }
    curves.point("held out", steps * 500, 2.5);
    curves.point("held out", steps * 1000, 2.4);
    return TrainingChart.of("training", curves);
  }

  private static List<String> series(XYChart chart) {
    return chart.getSeriesCollection().stream().map(XYSeries::getName).toList();
  }

  @Test
  void fewPointsAreDrawnAsTheyAre() {
    XYChart chart = chart(50);
    assertThat(series(chart)).containsExactly("training", "held out");
    assertThat(chart.getSeries("training").getYData()).hasSize(50).startsWith(10.1);
    assertThat(chart.getXAxisTitle()).isEqualTo("tokens, k");
  }

  @Test
  void manyPointsAreDrawnPaleWithTheirMeanOverThem() {
    XYChart chart = chart(10_000);
    assertThat(series(chart)).containsExactly("training, each", "training", "held out");
    assertThat(chart.getSeriesCollection()).allSatisfy(each -> assertThat(each.getYData()).hasSizeLessThanOrEqualTo(500));
    assertThat(chart.getSeries("training, each").isShowInLegend()).isFalse();
    double[] mean = chart.getSeries("training").getYData();
    assertThat(mean[mean.length - 1]).isBetween(2.045, 2.056);
  }

  @Test
  void theSteepBeginningDoesNotFillTheChart() {
    assertThat(chart(10_000).getStyler().getYAxisMax()).isBetween(2.4, 2.6);
    assertThat(chart(50).getStyler().getYAxisMax()).isNull();
  }

  @Test
  void theMeanIsOverAHundredthOnBothSides() {
    double[] y = new double[300];
    y[100] = 7;
    assertThat(Arrays.stream(TrainingChart.smooth(y)).filter(mean -> mean > 0)).hasSize(7).allMatch(mean -> Math.abs(mean - 1) < 1e-9);
  }

  @Test
  void largeNumbersAreShort() {
    assertThat(chart(5).getXAxisTitle()).isEqualTo("tokens");
    assertThat(chart(5).getSeries("training").getXData()).endsWith(5000);
    assertThat(chart(50).getSeries("training").getXData()).endsWith(50);
    assertThat(chart(10_000).getXAxisTitle()).isEqualTo("tokens, M");
    assertThat(chart(10_000).getSeries("held out").getXData()).containsExactly(5, 10);
  }
}
