package secateur.lab;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as HTML. Styles stand in the elements: notebooks that are not trusted lose style sheets. */
record TableHtml(TableView view) {

  private static final String TABLE = "border-collapse:collapse;font-variant-numeric:tabular-nums";
  private static final String TITLE = "caption-side:bottom;text-align:left;opacity:.7;font-size:85%;padding-top:.4em";
  private static final String CELL = "padding:.25em .6em;border:none;vertical-align:bottom;text-align:";
  private static final String RULE = ";border-bottom:1px solid rgba(128,128,128,.45)";
  private static final String ONE_LINE = ";white-space:nowrap";
  private static final String LINES = ";white-space:normal;min-width:16em;max-width:36em";
  private static final int LINE = 48;

  @Override
  public String toString() {
    String rest = view.isCut() ? cut() + rows(view.tail()) : "";
    return "<table class=\"secateur-table\" style=\"" + TABLE + "\">" + title()
        + "<thead>" + header() + "</thead><tbody>" + rows(view.head()) + rest + "</tbody></table>";
  }

  private String title() {
    return view.title().isBlank() ? "" : element("caption", TITLE, view.title());
  }

  private String header() {
    return row(i -> element("th", CELL + side(i) + RULE, view.names().get(i)));
  }

  private String rows(List<List<String>> rows) {
    return rows.stream().map(cells -> row(i -> {
      String text = cells.get(i);
      return element("td", CELL + side(i) + (text.length() > LINE ? LINES : ONE_LINE), text);
    })).collect(Collectors.joining());
  }

  private String cut() {
    String cell = element("td", CELL + "center;opacity:.7", view.cut());
    return "<tr>" + cell.replaceFirst("<td", "<td colspan=\"" + view.names().size() + "\"") + "</tr>";
  }

  private String row(IntFunction<String> cell) {
    return IntStream.range(0, view.names().size()).mapToObj(cell).collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private String side(int column) {
    return view.isRight(column) ? "right" : "left";
  }

  private static String element(String tag, String style, String text) {
    return "<" + tag + " style=\"" + style + "\">" + Html.escape(text) + "</" + tag + ">";
  }
}
