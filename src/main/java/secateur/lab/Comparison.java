package secateur.lab;

import java.nio.file.Path;
import java.util.ArrayList;
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

  /** These methods and those of {@code other}, against this one's first row. */
  public Comparison and(Comparison other) {
    List<Measured> all = new ArrayList<>(rows);
    all.addAll(other.rows().subList(1, other.rows().size()));
    return new Comparison(all);
  }

  /** A row each; its name is the protocol of the figures. */
  public Table table() {
    return Tables.of(Report.protocol(rows.get(0)), rows);
  }

  /** Perplexity against size, a labelled point for each method. */
  public XYChart sizeChart() {
    return Charts.size(rows);
  }

  /** Perplexity against bits per weight, a labelled point for each method; the model itself is left out. */
  public XYChart bitsChart() {
    return Charts.bits(rows.subList(Math.min(1, rows.size() - 1), rows.size()));
  }

  /** Perplexity against parameters, with a line from each method to the same with recovery. */
  public XYChart parametersChart() {
    return Charts.parameters(rows);
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
