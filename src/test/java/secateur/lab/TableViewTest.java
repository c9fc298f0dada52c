package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class TableViewTest {

  private static final Table MEASURED = Table.create("protocol", StringColumn.create("method", "dense", "a", "b"),
      MeasuredColumn.of("perplexity", "", Scale.above(8), 8, 80, 16), MeasuredColumn.of("sparsity %", "%", Scale.SHARE, 0, 50, Double.NaN),
      MeasuredColumn.of("disk MiB", "MiB", 30, 15, 15));

  private static Document html(Table table) throws Exception {
    String html = TableView.of(table).html().replace("<br>", "<br/>");
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> all(Document html, String tag) {
    NodeList nodes = html.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static List<String> texts(Document html, String tag) {
    return all(html, tag).stream().map(Element::getTextContent).toList();
  }

  @Test
  void unitsStandBeneathTheNames() throws Exception {
    assertThat(texts(html(MEASURED), "th")).containsExactly("method", "perplexity", "sparsity%", "diskMiB");
    assertThat(texts(html(MEASURED), "div")).containsExactly("%", "MiB");
    assertThat(TableView.of(MEASURED).text()).startsWith("method  perplexity  sparsity %  disk MiB");
  }

  @Test
  void typesStandBeneathTheNamesOfOtherTables() throws Exception {
    Table table = Table.create("", StringColumn.create("s", "x"), IntColumn.create("i", 1), DoubleColumn.create("d", 1.5),
        BooleanColumn.create("b", true), DateColumn.create("t", List.of(LocalDate.EPOCH)));
    assertThat(texts(html(table), "div")).containsExactly("text", "integer", "number", "true or false", "date");
    assertThat(texts(html(Table.create("", StringColumn.create("a", "x"), StringColumn.create("b", "y"))), "div")).isEmpty();
  }

  private static List<String> colors(Table table) throws Exception {
    return all(html(table), "td").stream().map(td -> td.getAttribute("style"))
        .map(style -> style.contains("background:") ? style.substring(style.indexOf("background:") + 11) : "").toList();
  }

  @Test
  void cellsAreColouredByTheScaleOfTheirColumn() throws Exception {
    assertThat(colors(MEASURED)).containsExactly("", "", "", "", "", "rgba(213,94,0,0.44)", "rgba(0,114,178,0.20)", "",
        "", "rgba(213,94,0,0.30)", "", "");
  }

  @Test
  void sortedAndSelectedRowsKeepUnitAndColour() throws Exception {
    Table best = MEASURED.sortOn("-perplexity").first(2).selectColumns("perplexity", "disk MiB");
    assertThat(texts(html(best), "div")).containsExactly("MiB");
    assertThat(colors(best)).containsExactly("rgba(213,94,0,0.44)", "", "rgba(213,94,0,0.30)", "");
    assertThat(colors(MEASURED.where(MEASURED.numberColumn("perplexity").isEqualTo(16)).copy())).contains("rgba(213,94,0,0.30)");
  }

  @Test
  void textIsEscaped() throws Exception {
    Table table = Table.create("<t>&", StringColumn.create("<a>", "<b>'\"&"), IntColumn.create("n", new int[] {1}));
    assertThat(texts(html(table), "td")).containsExactly("<b>'\"&", "1");
    assertThat(texts(html(table), "th").get(0)).isEqualTo("<a>text");
    assertThat(texts(html(table), "caption")).containsExactly("<t>&");
  }

  @Test
  void missingIsADash() throws Exception {
    Table table = Table.create("", StringColumn.create("s", "x", null), DoubleColumn.create("d", Double.NaN, Double.NEGATIVE_INFINITY));
    assertThat(texts(html(table), "td")).containsExactly("x", "–", "–", "-∞");
  }

  private static Table of(int columns, int rows) {
    return Table.create("", IntStream.range(0, columns)
        .mapToObj(i -> IntColumn.create("c" + i, IntStream.range(0, rows).map(row -> 10_000 * i + row).toArray())).toArray(Column[]::new));
  }

  @Test
  void wideTablesShowTheirEndsAndTheirShape() throws Exception {
    Document wide = html(of(60, 2));
    assertThat(texts(wide, "th")).hasSize(19).startsWith("c0integer").contains("…").endsWith("c59integer");
    assertThat(texts(wide, "td")).hasSize(2 * 19).contains("80,000", "510,001").doesNotContain("90,000", "500,001");
    assertThat(texts(wide, "caption")).containsExactly("2 rows × 60 columns");
    assertThat(TableView.of(of(60, 2)).text()).endsWith("2 rows × 60 columns");
    assertThat(texts(html(of(20, 2)), "th")).hasSize(20).doesNotContain("…");
  }

  @Test
  void longTablesShowTheirEndsAndTheirShape() throws Exception {
    Document large = html(of(2, 1234));
    assertThat(texts(large, "td")).contains("… 1204 of 1234 rows not shown …", "14", "1,219").doesNotContain("15", "1,218");
    assertThat(texts(large, "caption")).containsExactly("1,234 rows × 2 columns");
    assertThat(texts(html(of(1, 40)), "td")).hasSize(40);
  }

  @Test
  void fewTinyNumbersDoNotSpoilAColumn() {
    double[] values = IntStream.range(0, 100).mapToDouble(i -> i == 7 ? 1e-17 : 1 + i / 8.0).toArray();
    assertThat(TableView.of(Table.create("", DoubleColumn.create("d", values))).text().lines().skip(2).limit(8))
        .containsExactly(Arrays.asList(" 1.000", " 1.125", " 1.250", " 1.375", " 1.500", " 1.625", " 1.750", " 0.000").toArray(String[]::new));
  }
}
