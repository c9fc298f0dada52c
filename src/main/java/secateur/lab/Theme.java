package secateur.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One look for all charts: a white card, readable in light and dark notebooks, in colours that the colour-blind tell apart. */
final class Theme {

  /** Okabe and Ito's palette, darkest first. */
  private static final Color[] COLORS = {
    new Color(0x222222), new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7),
    new Color(0x56B4E9), new Color(0xE69F00), new Color(0x8C6BB1), new Color(0x7F7F7F),
    new Color(0xA6761D), new Color(0x66A61E), new Color(0xB2182B)};

  static final Color PALE = new Color(0xC9C9C9);

  private static final int WIDTH = 860;
  private static final int HEIGHT = 460;
  private static final int PADDING = 14;
  private static final int MOST_NAMES = 16;
  private static final double FILLED = 0.7;
  private static final Color GRID = new Color(0xE4E4E4);
  private static final Color TEXT = new Color(0x333333);

  private Theme() {}

  static XYChart chart(String title, String x, String y) {
    return chart(title, x, y, HEIGHT);
  }

  /** Of another height. */
  static XYChart chart(String title, String x, String y, int height) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(height).title(title).xAxisTitle(x).yAxisTitle(y).build();
    dress(chart.getStyler());
    return chart;
  }

  /** Bars of {@code values} over {@code names}. */
  static CategoryChart bars(String title, String x, String y, List<String> names, List<Double> values) {
    CategoryChart chart = groups(title, x, y);
    chart.addSeries(y, names, values).setFillColor(color(1));
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  /** Bars in groups, to be added. */
  static CategoryChart groups(String title, String x, String y) {
    CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).yAxisTitle(y).build();
    dress(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(FILLED).setXAxisMaxLabelCount(MOST_NAMES).setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setYAxisDecimalPattern("0.#####");
    return chart;
  }

  private static void dress(AxesChartStyler style) {
    style.setSeriesColors(COLORS);
    style.setSeriesLines(Collections.nCopies(COLORS.length, new BasicStroke(1.6f)).toArray(new BasicStroke[0]));
    style.setSeriesMarkers(Collections.nCopies(COLORS.length, SeriesMarkers.CIRCLE).toArray(new Marker[0]));
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setChartFontColor(TEXT);
    style.setChartTitleFont(font(Font.BOLD, 15));
    style.setAxisTitleFont(font(Font.PLAIN, 13));
    style.setAxisTickLabelsFont(font(Font.PLAIN, 12));
    style.setAxisTickLabelsColor(TEXT);
    style.setLegendFont(font(Font.PLAIN, 12));
    style.setChartTitleBoxVisible(false);
    style.setAxisTickMarksColor(GRID);
    style.setLegendBorderColor(Color.WHITE);
    style.setLegendPosition(LegendPosition.OutsideE);
    style.setChartPadding(PADDING);
    style.setMarkerSize(7);
    style.setAnnotationTextFont(font(Font.PLAIN, 12));
    style.setAnnotationTextFontColor(TEXT);
  }

  /** The colour of the series {@code index}. */
  static Color color(int index) {
    return COLORS[index % COLORS.length];
  }

  /** {@code color}, mixed with twice as much of the white behind it. */
  static Color pale(Color color) {
    return new Color((color.getRed() + 2 * 255) / 3, (color.getGreen() + 2 * 255) / 3, (color.getBlue() + 2 * 255) / 3);
  }

  private static Font font(int weight, int size) {
    return new Font(Font.SANS_SERIF, weight, size);
  }
}
