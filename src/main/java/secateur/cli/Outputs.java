package secateur.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import secateur.lab.Comparison;
import secateur.lab.Png;
import tech.tablesaw.api.Table;

/** Writes results to files. */
final class Outputs {

  private Outputs() {}

  /** Makes the directory of {@code file}. */
  static void parent(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
  }

  /** The whole table, its numbers in full. */
  static void csv(Table table, Path file) throws IOException {
    parent(file);
    table.write().csv(file.toFile());
  }

  /** Table, charts and report of {@code comparison} in {@code directory}; the files it wrote. */
  static List<Path> all(Comparison comparison, Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(directory.resolve("report.html"));
    files.add(directory.resolve("table.csv"));
    csv(comparison.table(), files.get(1));
    comparison.report(files.get(0));
    files.add(png(comparison.sizeChart(), directory.resolve("perplexity-against-size.png")));
    files.add(png(comparison.errorChart(), directory.resolve("error-by-layer.png")));
    files.add(png(comparison.sparsityChart(), directory.resolve("sparsity-by-layer.png")));
    return files;
  }

  private static Path png(XYChart chart, Path file) throws IOException {
    Files.write(file, Png.bytes(Png.image(chart)));
    return file;
  }
}
