package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import secateur.Golden;
import secateur.calibrate.InputNorm;
import secateur.method.PerLayer;
import secateur.method.Sparsity;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Rtn;
import secateur.tensor.Progress;
import secateur.text.Windows;
import tech.tablesaw.api.Table;

class LabTest {

  private final Windows text = Golden.windows("llama");
  private final Llm model = Golden.model("llama");
  private final Lab lab = new Lab(model, text, text);

  @AfterEach
  void close() {
    lab.close();
    model.close();
    Progress.listener(state -> {});
    Progress.reset();
  }

  private static double cell(Table table, String column, int row) {
    return table.numberColumn(column).getDouble(row);
  }

  private static List<String> series(XYChart chart) {
    return chart.getSeriesCollection().stream().map(XYSeries::getName).toList();
  }

  @Test
  void aFreshLabHasOneRow() {
    Table table = lab.table();
    assertThat(table.columnNames()).containsExactly("method", "perplexity", "change %", "params M", "sparsity %", "bits/weight", "memory MiB",
        "disk MiB", "compression", "MFLOPs/token", "needed", "prefill tokens/s", "decode ms/token", "speed-up");
    assertThat(table.stringColumn("method").asList()).containsExactly("dense");
    assertThat(cell(table, "change %", 0)).isZero();
    assertThat(cell(table, "sparsity %", 0)).isZero();
    assertThat(cell(table, "bits/weight", 0)).isEqualTo(32);
    assertThat(cell(table, "compression", 0)).isEqualTo(1);
    assertThat(cell(table, "speed-up", 0)).isEqualTo(1);
  }

  @Test
  void theTableIsNamedByItsProtocol() {
    assertThat(lab.table().name()).contains("2 windows of 48", "float32", "speed: batch 1");
  }

  @Test
  void everyStepIsARow() {
    Table table = lab.step(new SparseGpt(0.5)).step(new Rtn(4)).table();
    assertThat(table.stringColumn("method").asList()).containsExactly("dense", "SparseGPT 50%", "SparseGPT 50% + RTN 4-bit");
    assertThat(cell(table, "sparsity %", 1)).isBetween(49.9, 50.2);
    assertThat(cell(table, "sparsity %", 2)).isBetween(49.9, 70.0);
    assertThat(cell(table, "bits/weight", 2)).isBetween(4.0, 5.0);
    assertThat(cell(table, "compression", 2)).isGreaterThan(1);
  }

  @Test
  void theChangeIsAgainstTheDenseModel() {
    Table table = lab.step(new Magnitude(0.9)).table();
    double expected = 100 * (cell(table, "perplexity", 1) / cell(table, "perplexity", 0) - 1);
    assertThat(cell(table, "change %", 1)).isCloseTo(expected, org.assertj.core.api.Assertions.within(0.06));
  }

  @Test
  void undoReturnsToTheStepBefore() {
    lab.step(new Wanda(0.5));
    float[][] before = lab.model().logits(new long[] {1, 2, 3});
    lab.step(new Rtn(2)).undo();
    assertThat(lab.model().logits(new long[] {1, 2, 3})).isDeepEqualTo(before);
    assertThat(lab.table().stringColumn("method").asList()).containsExactly("dense", "Wanda 50%");
    lab.undo();
    assertThat(lab.model().logits(new long[] {1, 2, 3})).isDeepEqualTo(model.logits(new long[] {1, 2, 3}));
  }

  @Test
  void thereIsNothingToUndoAtFirst() {
    assertThatThrownBy(lab::undo).isInstanceOf(IllegalStateException.class).hasMessageContaining("no step");
  }

  @Test
  void comparingTakesNoStep() {
    lab.step(new Magnitude(0.3));
    Llm now = lab.model();
    Comparison comparison = lab.compare(new Wanda(0.5), new Rtn(4));
    assertThat(comparison.rows()).extracting(Measured::label).containsExactly("Magnitude 30%", "Wanda 50%", "RTN 4-bit");
    assertThat(lab.model()).isSameAs(now);
    assertThat(lab.table().rowCount()).isEqualTo(2);
  }

  @Test
  void comparingNothingGivesTheDenseModel() {
    assertThat(lab.compare().table().rowCount()).isEqualTo(1);
  }

  /** The design's own example. */
  record Mine(Sparsity sparsity) implements PerLayer<InputNorm> {
    @Override
    public InputNorm observe(Linear layer) {
      return new InputNorm();
    }

    @Override
    public Linear compress(Linear layer, InputNorm x) {
      var w = layer.weight();
      return layer.withWeight(w.mul(sparsity.keep(w.abs().mul(x.norm().sqrt()))));
    }
  }

  @Test
  void aMethodOfOnesOwnStandsNextToThePublishedOnes() {
    Table table = lab.compare(new Wanda(0.5), new Mine(Sparsity.perRow(0.5))).table();
    assertThat(cell(table, "perplexity", 2)).isEqualTo(cell(table, "perplexity", 1));
  }

  private record Broken() implements PerLayer<InputNorm> {
    @Override
    public InputNorm observe(Linear layer) {
      return new InputNorm();
    }

    @Override
    public Linear compress(Linear layer, InputNorm x) {
      throw new ArithmeticException("expected");
    }
  }

  @Test
  void aStepThatFailsLeavesTheStepBefore() {
    lab.step(new Wanda(0.5));
    Llm now = lab.model();
    assertThatThrownBy(() -> lab.step(new Broken())).hasMessage("layer 0.q, 0.k, 0.v: expected");
    assertThat(lab.model()).isSameAs(now);
    assertThat(lab.step(new Rtn(4)).table().rowCount()).isEqualTo(3);
  }

  @Test
  void aStepThatIsCancelledLeavesTheStepBefore() {
    lab.step(new Wanda(0.5));
    Llm now = lab.model();
    Progress.listener(state -> Progress.cancel());
    assertThatThrownBy(() -> lab.step(new SparseGpt(0.5))).isInstanceOf(CancellationException.class);
    Progress.listener(state -> {});
    Progress.reset();
    assertThat(lab.model()).isSameAs(now);
    assertThat(lab.step(new Rtn(4)).table().rowCount()).isEqualTo(3);
  }

  @Test
  void theCallerMayCloseItsModel() {
    model.close();
    assertThat(lab.step(new Rtn(4)).table().rowCount()).isEqualTo(2);
  }

  @Test
  void chartsHaveASeriesForEachRow() {
    lab.step(new Wanda(0.5)).step(new Rtn(4));
    assertThat(series(lab.sizeChart())).containsExactly("dense", "Wanda 50%", "Wanda 50% + RTN 4-bit");
    assertThat(series(lab.sparsityChart())).hasSize(3);
    assertThat(series(lab.errorChart())).containsExactly("Wanda 50%", "Wanda 50% + RTN 4-bit");
    XYChart weights = lab.weightsChart("1.down");
    assertThat(series(weights)).hasSize(2).contains("before");
  }

  @Test
  void theSparsityChartShowsEveryLayer() {
    double[] zeros = lab.step(new Magnitude(0.5)).sparsityChart().getSeries("Magnitude 50%").getYData();
    assertThat(zeros).hasSize(14);
    assertThat(Arrays.stream(zeros)).allMatch(percent -> percent > 49.9 && percent < 50.2);
  }

  @Test
  void methodsOfTheSameNameAreRowsOfTheirOwn() {
    Comparison twice = lab.compare(new Rtn(4), new Rtn(4));
    assertThat(twice.table().rowCount()).isEqualTo(3);
    assertThat(series(twice.sizeChart())).hasSize(3);
    assertThat(series(twice.errorChart())).hasSize(2);
  }

  @Test
  void theGridChartHasALineAtEachCodeThatSumsToAll() {
    XYSeries codes = lab.step(new Rtn(3)).gridChart("1.down").getSeries("rounded to a code");
    assertThat(Arrays.stream(codes.getYData()).filter(y -> !Double.isNaN(y)).sum()).isCloseTo(100, org.assertj.core.api.Assertions.within(1e-3));
    assertThat(Arrays.stream(codes.getXData()).distinct()).hasSize(8);
    double[] before = lab.gridChart("1.down").getSeries("before rounding").getYData();
    assertThat(Arrays.stream(before).sum() / 8).isCloseTo(100, org.assertj.core.api.Assertions.within(1e-2));
  }

  @Test
  void whatHasNoCodesHasNoGridChart() {
    assertThatThrownBy(() -> lab.gridChart("0.q")).hasMessageContainingAll("0.q", "no grid", "quantize it first");
  }

  @Test
  void bitsByLayerCountScalesAndZeros() {
    var widths = lab.step(new Rtn(4)).widthsChart();
    assertThat(widths.getSeriesCollection()).extracting(each -> each.getName()).containsExactly("q", "k", "v", "o", "gate", "up", "down");
    assertThat(widths.getSeries("q").getYData()).containsExactly(4 + 40 / 64.0, 4 + 40 / 64.0);
    assertThat(series(lab.bitsChart())).containsExactly("dense", "RTN 4-bit");
    assertThat(series(lab.compare(new Rtn(3)).bitsChart())).containsExactly("RTN 3-bit");
  }

  @Test
  void thereIsNoErrorChartBeforeTheFirstStep() {
    assertThatThrownBy(lab::errorChart).isInstanceOf(IllegalStateException.class).hasMessageContaining("no error to draw");
  }

  @Test
  void theReportIsOneFileWithTableAndCharts(@TempDir Path folder) {
    lab.step(new Wanda(0.5)).report(folder.resolve("report.html"));
    assertThat(folder.resolve("report.html")).content().contains("Wanda 50%", "<table", "<svg", "2 windows of 48", "color-scheme: light dark")
        .doesNotContain("src=", "href=", "url(h", "@import", "<script", "<?xml", "<!DOCTYPE");
  }
}
