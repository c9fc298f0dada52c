package secateur.lab;

import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/**
 * Several methods applied to one model.
 *
 * @param rows the model itself, then what each method made of it
 */
public record Comparison(List<Measured> rows) {

  public Comparison {
    rows = List.copyOf(rows);
  }

  /** A row each; its name is the protocol of the figures. */
  public Table table() {
    return Tables.of(Report.protocol(rows.get(0)), rows);
  }

  /** Perplexity against size, a labelled point for each method. */
  public XYChart sizeChart() {
    return Charts.size(rows);
  }

  /** Share of zeros by layer. */
  public XYChart sparsityChart() {
    return Charts.sparsity(rows);
  }

  /** Relative output error by layer. */
  public XYChart errorChart() {
    return Charts.error(rows);
  }

  /** Writes table and charts as one HTML file. */
  public void report(Path html) {
    Report.write(html, "Comparison", table(), List.of(sizeChart(), errorChart(), sparsityChart()));
  }

  @Override
  public String toString() {
    return table().printAll();
  }
}
