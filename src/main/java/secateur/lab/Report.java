package secateur.lab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import secateur.file.AtomicFile;
import tech.tablesaw.api.Table;

/** A table and charts as one HTML file that needs nothing else, for light and dark screens. */
final class Report {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>%1$s · Secateur</title><style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2.5rem auto; max-width: 78rem; padding: 0 1.5rem;
        color: light-dark(#222, #ddd); background: light-dark(#fff, #16181c) }
      h1 { font-size: 1.6rem; font-weight: 600 }
      .table { overflow-x: auto; font-size: .8rem }
      caption { line-height: 1.4 }
      svg { display: block; max-width: 100%%; height: auto; margin: 2rem 0; border-radius: .6rem }
      </style></head><body>
      <h1>%1$s</h1>
      <div class="table">%2$s</div>
      %3$s
      </body></html>
      """;

  private Report() {}

  /** What the figures of {@code measured} rest on. */
  static String protocol(Measured measured) {
    return measured.perplexity().protocol() + "; speed: " + measured.speed().protocol();
  }

  static void write(Path html, String title, Table table, List<XYChart> charts) {
    List<String> drawn = charts.stream().map(chart -> Svg.of(chart).text()).toList();
    String page = PAGE.formatted(Html.escape(title), TableView.of(table).html(), String.join("\n", drawn));
    AtomicFile.write(html, out -> out.write(StandardCharsets.UTF_8.encode(page)));
  }
}
