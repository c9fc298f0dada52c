package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgTest {

  private static XYChart chart(int points) {
    XYChart chart = new XYChartBuilder().width(300).height(200).title("a < b & c").build();
    double[] x = IntStream.range(0, points).asDoubleStream().toArray();
    double[] y = IntStream.range(0, points).mapToDouble(i -> Math.sin(i)).toArray();
    chart.addSeries("s", x, y).setMarker(SeriesMarkers.NONE);
    return chart;
  }

  private static Document parse(Svg svg) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg.text())));
  }

  @Test
  void isOneElementForAPage() throws Exception {
    Svg svg = Svg.of(chart(3));
    assertThat(svg.text()).startsWith("<svg").endsWith("</svg>").doesNotContain("<?xml", "<!DOCTYPE");
    assertThat(parse(svg).getDocumentElement().getAttribute("width")).isEqualTo("300px");
    assertThat(svg).hasToString("SVG of \"a < b & c\", " + svg.text().length() + " characters");
  }

  @Test
  void longLinesAreThinnedAndTheChartStaysAsItWas() throws Exception {
    XYChart chart = chart(20_000);
    XYSeries series = chart.getSeries("s");
    double[] x = series.getXData();
    double[] y = series.getYData();
    int lines = parse(Svg.of(chart)).getElementsByTagName("line").getLength();
    assertThat(lines).isBetween(400, 540);
    assertThat(series.getXData()).isSameAs(x).hasSize(20_000);
    assertThat(series.getYData()).isSameAs(y);
    assertThat(parse(Svg.of(chart(3))).getElementsByTagName("line").getLength()).isLessThan(40);
  }

  @Test
  void isWrittenToAFile(@TempDir Path folder) {
    Svg svg = Svg.of(chart(3));
    svg.write(folder.resolve("new/chart.svg"));
    assertThat(folder.resolve("new/chart.svg")).hasContent(svg.text());
  }
}
