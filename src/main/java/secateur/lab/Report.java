package secateur.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import secateur.file.AtomicFile;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table and charts as one HTML file that needs nothing else. */
final class Report {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      th, td { padding: .3rem .7rem; border-bottom: 1px solid #ddd; text-align: left }
      td.number, th.number { text-align: right }
      caption { caption-side: bottom; text-align: left; color: #666; font-size: .85rem; padding-top: .5rem }
      img { max-width: 100%; margin: 1rem 0 }
      """;

  private Report() {}

  /** What the figures of {@code measured} rest on. */
  static String protocol(Measured measured) {
    return measured.perplexity().protocol() + "; speed: " + measured.speed().protocol();
  }

  static void write(Path html, String title, Table table, List<XYChart> charts) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Secateur: ")
        .append(escape(title)).append("</title><style>\n").append(STYLE).append("</style></head><body>\n<h1>")
        .append(escape(title)).append("</h1>\n").append(html(table));
    charts.forEach(chart -> page.append("<p><img alt=\"").append(escape(chart.getTitle())).append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png(chart))).append("\"></p>\n"));
    AtomicFile.write(html, out -> out.write(StandardCharsets.UTF_8.encode(page.append("</body></html>\n").toString())));
  }

  private static byte[] png(XYChart chart) {
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String html(Table table) {
    StringBuilder html = new StringBuilder("<table><caption>").append(escape(table.name())).append("</caption><tr>");
    for (Column<?> column : table.columns()) {
      html.append("<th").append(alignment(column)).append(">").append(escape(column.name())).append("</th>");
    }
    for (int row = 0; row < table.rowCount(); row++) {
      html.append("</tr>\n<tr>");
      for (Column<?> column : table.columns()) {
        html.append("<td").append(alignment(column)).append(">").append(escape(column.getString(row))).append("</td>");
      }
    }
    return html.append("</tr></table>\n").toString();
  }

  private static String alignment(Column<?> column) {
    return column instanceof NumericColumn ? " class=\"number\"" : "";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
