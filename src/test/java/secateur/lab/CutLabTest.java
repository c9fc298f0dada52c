package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import secateur.Golden;
import secateur.measure.Sensitivity;
import secateur.measure.Size;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.prune.LlmPruner;
import secateur.prune.Magnitude;
import secateur.prune.PruneChannels;
import secateur.prune.PruneHeads;
import secateur.prune.PruneNeurons;
import secateur.prune.Recover;
import secateur.quantize.Rtn;
import secateur.text.Windows;
import tech.tablesaw.api.Table;

/** A lab whose models have lost heads, neurons, channels and blocks. */
class CutLabTest {

  private final Windows text = Golden.windows("llama");
  private final Llm model = Golden.model("llama");
  private final Lab lab = new Lab(model, text, text);

  @AfterEach
  void close() {
    lab.close();
    model.close();
  }

  private static double cell(Table table, String column, int row) {
    return table.numberColumn(column).getDouble(row);
  }

  private static double[] line(XYChart chart, String series) {
    return chart.getSeries(series).getYData();
  }

  @Test
  void parametersBytesAndOperationsFallAndZerosDoNotCome() {
    Table table = lab.step(new PruneNeurons(0.5)).step(new DropLayers(List.of(0))).table();
    for (String column : List.of("params M", "memory MiB", "disk MiB")) {
      assertThat(cell(table, column, 1)).as(column).isLessThan(cell(table, column, 0));
      assertThat(cell(table, column, 2)).as(column).isLessThan(cell(table, column, 1));
    }
    assertThat(cell(table, "sparsity %", 2)).isZero();
    assertThat(cell(table, "params M", 2)).isCloseTo(Size.of(lab.model()).parameters() / 1e6, within(1e-3));
    lab.undo().undo();
    assertThat(lab.table().rowCount()).isEqualTo(1);
  }

  @Test
  void operationsFallInBothCounts() {
    List<Measured> rows = lab.compare(new PruneNeurons(0.5), new DropLayers(1)).rows();
    for (Measured cut : rows.subList(1, 3)) {
      assertThat(cut.flops().executed()).isLessThan(rows.get(0).flops().executed()).isEqualTo(cut.flops().needed());
    }
  }

  @Test
  void aDroppedBlockIsAGapUnderItsOwnNumber() {
    lab.step(new DropLayers(List.of(0))).step(new Magnitude(0.5));
    double[] zeros = line(lab.sparsityChart(), "drop layers number 0 + Magnitude 50%");
    assertThat(zeros).hasSize(14);
    assertThat(zeros[0]).isNaN();
    assertThat(zeros[6]).isNaN();
    assertThat(zeros[7]).isCloseTo(50, within(0.2));
    assertThat(line(lab.errorChart(), "drop layers number 0 + Magnitude 50%")[3]).isNaN();
    Svg.of(lab.errorChart());
    Svg.of(lab.sparsityChart());
  }

  @Test
  void whatIsCutErrsLikeZeros() {
    Comparison comparison = lab.compare(new PruneNeurons(0.5), new PruneHeads(0.5), new LlmPruner(0.5).protect(1, 0), new PruneChannels(0.25));
    assertThat(comparison.rows().get(1).errors()).hasSize(14).containsEntry("0.q", 0.0)
        .hasEntrySatisfying("0.gate", error -> assertThat(error).isBetween(0.05, 0.95));
    assertThat(comparison.rows().get(3).errors()).containsEntry("0.up", 0.0)
        .hasEntrySatisfying("1.up", error -> assertThat(error).isBetween(0.05, 0.95));
    assertThat(comparison.rows().get(4).errors()).hasSize(14).allSatisfy((layer, error) -> assertThat(error).isBetween(0.001, 1.0));
    Svg.of(comparison.errorChart());
    Svg.of(comparison.sizeChart());
  }

  @Test
  void weightsOfADroppedLayerAreAnErrorThatNamesIt() {
    lab.step(new DropLayers(List.of(0))).step(new PruneNeurons(0.5));
    assertThat(lab.weightsChart("1.up").getTitle()).isEqualTo("Weights of 1.up");
    assertThatThrownBy(() -> lab.weightsChart("0.q")).hasMessage(
        "layer '0.q' went with block 0, which was dropped; blocks [1] are left");
    assertThatThrownBy(() -> lab.weightsChart("q")).hasMessageStartingWith("no layer 'q'");
  }

  @Test
  void everyKindOfStepFollowsAnother(@TempDir Path folder) {
    lab.step(new LlmPruner(0.5).protect(0, 0)).step(new Recover(2)).step(new Rtn(4)).step(new DropLayers(1));
    assertThat(lab.table().rowCount()).isEqualTo(5);
    lab.report(folder.resolve("report.html"));
    assertThat(folder.resolve("report.html")).content().contains("drop layers 1", "params");
  }

  private static int dark(XYChart chart) {
    BufferedImage image = Png.image(chart);
    return (int) IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(at -> (image.getRGB(at % image.getWidth(), at / image.getWidth()) & 0xFFFFFF) == (CellMap.color(1).getRGB() & 0xFFFFFF)).count();
  }

  @Test
  void theMapDarkensWithWhatIsRemoved() {
    int none = dark(lab.removedChart());
    int some = dark(lab.step(new PruneHeads(0.5)).removedChart());
    int more = dark(lab.step(new DropLayers(1)).removedChart());
    assertThat(none).isLessThan(some);
    assertThat(some).isLessThan(more);
    assertThat(Svg.of(lab.removedChart()).text()).contains("rgb(11,47,74)");
  }

  @Test
  void importanceIsSharedByWhatStaysAndGoes() {
    XYChart chart = lab.importanceChart(new PruneNeurons(0.25));
    assertThat(chart.getSeriesCollection()).extracting(XYSeries::getName).containsExactly("neurons that stay, 258", "neurons that go, 86");
    double all = chart.getSeriesCollection().stream().flatMapToDouble(series -> Arrays.stream(series.getYData())).sum();
    assertThat(all).isCloseTo(100, within(1e-6));
    assertThat(lab.importanceChart(new LlmPruner(0.5).protect(0, 0)).getSeriesCollection()).hasSize(4);
  }

  @Test
  void everyBlockHasABarUnderItsNumber() {
    lab.step(new DropLayers(List.of(0)));
    CategoryChart chart = lab.influenceChart();
    assertThat(chart.getSeriesCollection()).hasSize(1);
    assertThat(Svg.of(chart).text()).contains("<path");
    assertThat(chart.getSeriesCollection().iterator().next().getXData().toString()).isEqualTo("[1]");
  }

  @Test
  void recoveryIsDrawnBesideItsMethod() {
    Comparison comparison = lab.compare(new PruneNeurons(0.5), new PruneNeurons(0.5).then(new Recover(1)));
    XYChart chart = comparison.parametersChart();
    assertThat(chart.getSeriesCollection()).hasSize(3);
    assertThat(line(chart, "neurons 50% activation")[0]).isEqualTo(comparison.rows().get(1).perplexity().value());
    assertThat(chart.getSeries("neurons 50% activation + LoRA recovery 1 steps").getXData())
        .isEqualTo(chart.getSeries("neurons 50% activation").getXData());
    Svg.of(chart);
  }

  @Test
  void everyBlockHasABarOfItsSensitivity() {
    lab.step(new PruneNeurons(0.5));
    CategoryChart chart = SensitivityChart.of(Sensitivity.ofBlocks(model, lab.model(), text));
    assertThat(chart.getTitle()).isEqualTo("Loss when one block alone is compressed");
    assertThat(chart.getSeriesCollection().iterator().next().getXData().toString()).isEqualTo("[0, 1]");
    assertThat(Svg.of(chart).text()).contains("<path");
  }
}
