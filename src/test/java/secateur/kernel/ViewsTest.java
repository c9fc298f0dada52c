package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ViewsTest {

  private static String html(Object value) {
    return (String) Views.of(value).data().get("text/html");
  }

  private static String text(Object value) {
    return Views.of(value).text();
  }

  private static BufferedImage png(Object value) throws IOException {
    String base64 = (String) Views.of(value).data().get("image/png");
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  private static Table methods() {
    return Table.create("",
        StringColumn.create("method", "dense", "<b>&", null),
        DoubleColumn.create("perplexity", 12.345678, 17.3, Double.NaN),
        DoubleColumn.create("sparsity", 0, 0.5, 0.25),
        LongColumn.create("bytes", 17_000_000, 9_000_000, 8));
  }

  @Test
  void numbersOfAColumnAreAlikeAndMissingOnesADash() {
    assertThat(text(methods())).isEqualTo("""
        method  perplexity  sparsity       bytes
        ------  ----------  --------  ----------
        dense       12.346      0.00  17,000,000
        <b>&        17.300      0.50   9,000,000
        –                –      0.25           8""");
  }

  @Test
  void htmlIsEscapedAndNumbersStandRight() {
    assertThat(html(methods())).contains("&lt;b&gt;&amp;").doesNotContain("<b>")
        .contains("text-align:right;white-space:nowrap\">12.346</td>");
  }

  @Test
  void longTablesShowTheirEndsAndSaySo() {
    Table table = Table.create("", IntColumn.create("i", IntStream.range(0, 1000).toArray()));
    assertThat(html(table)).contains(">0<", ">999<", "970 of 1000 rows not shown").doesNotContain(">500<");
    assertThat(text(table).lines()).hasSize(2 + 15 + 1 + 15 + 2).endsWith("1,000 rows × 1 column");
  }

  @Test
  void extremeNumbersStayReadable() {
    Table table = Table.create("", DoubleColumn.create("x", 1.5e-9, 2e20, Double.POSITIVE_INFINITY, 0));
    assertThat(text(table)).contains("1.5E-9", "2E20", "∞");
    assertThat(text(Table.create("", DoubleColumn.create("x")))).isEqualTo("x\n-");
    assertThat(text(Table.create(""))).isEmpty();
  }

  @Test
  void chartsAreSharpPictures() throws IOException {
    XYChart chart = new XYChartBuilder().width(300).height(200).title("size").build();
    chart.addSeries("a", new double[] {1, 2}, new double[] {2, 1});
    BufferedImage image = png(chart);
    assertThat(image.getWidth()).isEqualTo(600);
    assertThat(image.getHeight()).isEqualTo(400);
    assertThat(text(chart)).isEqualTo("XYChart \"size\"");
    assertThat(Views.of(chart).metadata()).containsEntry("image/png", Map.of("width", 300, "height", 200));
  }

  @Test
  void imagesArriveWhole() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, 0x123456);
    assertThat(png(image).getRGB(2, 1) & 0xFFFFFF).isEqualTo(0x123456);
    assertThat(text(image)).isEqualTo("image of 3 × 2 pixels");
  }

  @Test
  void anArrayShowsItsShapeAndACorner() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray small = manager.create(new float[] {1, 2.5f, -3e-7f, 4}, new Shape(2, 2));
      assertThat(text(small)).isEqualTo("NDArray (2, 2) float32 on " + small.getDevice()
          + "\n     1.0000     2.5000\n -3.000e-07     4.0000");
      NDArray large = manager.arange(0, 3 * 1000 * 1000, 1, DataType.INT32).reshape(3, 1000, 1000);
      assertThat(text(large)).contains("(3, 1000, 1000) int32", "…").contains(" 5005").doesNotContain("5006", "1000000");
      assertThat(html(large)).contains(">5005</td>").contains("…");
    }
  }

  @Test
  void arraysOfAnyRankAndTypeAreShown() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(text(manager.create(7))).contains("() int32").contains(" 7");
      assertThat(text(manager.create(new float[] {1, 2}))).contains("(2) float32").contains("2.0000");
      assertThat(text(manager.create(new boolean[] {true, false}))).contains("boolean").contains("1", "0");
      assertThat(text(manager.create(new Shape(0, 3)))).contains("(0, 3)");
      assertThat(text(manager.ones(new Shape(2, 2), DataType.FLOAT16))).contains("float16").contains("1.0000");
    }
  }

  @Test
  void showingAnArrayLeavesNothingBehind() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(20, 20));
      int before = manager.getManagedArrays().size();
      text(array);
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void javaArraysShowTheirElements() {
    assertThat(text(new float[] {1, 2})).isEqualTo("float[2] {1.0, 2.0}");
    assertThat(text(new int[1000])).startsWith("int[1000] {0, 0").endsWith(", …}").hasSizeLessThan(200);
    assertThat(text(new String[] {"a", null})).isEqualTo("String[2] {a, null}");
  }

  @Test
  void everythingElseIsItsText() {
    assertThat(Views.of(new StringBuilder("abc")).data()).containsOnlyKeys("text/plain").containsValue("abc");
    assertThat(text(null)).isEqualTo("null");
    assertThat(html(View.of("a").html("<b>"))).isEqualTo("<b>");
  }
}
