package secateur.lab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.knowm.xchart.XYChart;
import secateur.file.AtomicFile;
import tech.tablesaw.api.Table;

/** A table and charts as one HTML file that needs nothing else. */
final class Report {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
      img { max-width: 100%; margin: 1rem 0 }
      """;

  private Report() {}

  /** What the figures of {@code measured} rest on. */
  static String protocol(Measured measured) {
    return measured.perplexity().protocol() + "; speed: " + measured.speed().protocol();
  }

  static void write(Path html, String title, Table table, List<XYChart> charts) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Secateur: ")
        .append(Html.escape(title)).append("</title><style>\n").append(STYLE).append("</style></head><body>\n<h1>")
        .append(Html.escape(title)).append("</h1>\n").append(TableView.of(table).html());
    charts.forEach(chart -> page.append("<p><img alt=\"").append(Html.escape(chart.getTitle())).append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(Png.bytes(Png.image(chart)))).append("\"></p>\n"));
    AtomicFile.write(html, out -> out.write(StandardCharsets.UTF_8.encode(page.append("</body></html>\n").toString())));
  }
}
