package secateur.lab;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table as HTML. Styles stand in the elements: notebooks that are not trusted lose style sheets. */
record TableHtml(TableView view) {

  private static final String TABLE = "border-collapse:collapse;font-variant-numeric:tabular-nums";
  private static final String FOOT = "caption-side:bottom;text-align:left;opacity:.7;font-size:85%;padding-top:.4em";
  private static final String NOTE = "font-weight:normal;opacity:.6;font-size:85%";
  private static final String CELL = "padding:.25em .6em;border:none;text-align:";
  private static final String TOP = ";vertical-align:top";
  private static final String HEAD = "border-bottom:1px solid rgba(128,128,128,.5)";
  private static final String ROW = "border-bottom:1px solid rgba(128,128,128,.15)";
  private static final String ONE_LINE = ";white-space:nowrap";
  private static final String LINES = ";white-space:normal;min-width:16em;max-width:36em";
  private static final int LINE = 48;
  private static final int NAME = 20;

  @Override
  public String toString() {
    String rest = view.isCut() ? cut() + rows(view.tail()) : "";
    return "<table class=\"secateur-table\" style=\"" + TABLE + "\">" + foot()
        + "<thead>" + row(HEAD, this::heading) + "</thead><tbody>" + rows(view.head()) + rest + "</tbody></table>";
  }

  /** Shape and title. */
  private String foot() {
    String lines = Stream.of(view.shape(), view.title()).filter(line -> !line.isBlank()).map(Html::escape)
        .collect(Collectors.joining("<br>"));
    return lines.isEmpty() ? "" : element("caption", FOOT, lines);
  }

  private String heading(int column) {
    Heading heading = view.headings().get(column);
    String note = heading.note().isEmpty() ? "" : element("div", NOTE, Html.escape(heading.note()));
    String lines = heading.title().length() > NAME ? "" : ONE_LINE;
    return element("th", CELL + side(column) + TOP + lines, Html.escape(heading.title()) + note);
  }

  private String rows(IntStream rows) {
    return rows.mapToObj(row -> row(ROW, column -> cell(row, column))).collect(Collectors.joining());
  }

  private String cell(int row, int column) {
    CellFormat format = view.formats().get(column);
    String text = format.cell(row);
    String color = format.background(row);
    String style = CELL + side(column) + (text.length() > LINE ? LINES : ONE_LINE)
        + (color.isEmpty() ? "" : ";background:" + color);
    return element("td", style, Html.escape(text));
  }

  private String cut() {
    String cell = element("td", CELL + "center;opacity:.7", Html.escape(view.cut()));
    return line(ROW, cell.replaceFirst("<td", "<td colspan=\"" + view.formats().size() + "\""));
  }

  private String row(String rule, IntFunction<String> cell) {
    return line(rule, IntStream.range(0, view.formats().size()).mapToObj(cell).collect(Collectors.joining()));
  }

  /** Without a background: stripes of a notebook's own would mix with the colours of the cells. */
  private static String line(String rule, String cells) {
    return element("tr", "background:none;" + rule, cells);
  }

  private String side(int column) {
    return view.formats().get(column).isNumber() ? "right" : "left";
  }

  private static String element(String tag, String style, String content) {
    return "<" + tag + " style=\"" + style + "\">" + content + "</" + tag + ">";
  }
}
