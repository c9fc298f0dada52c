package secateur.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Cells whose colours are shares from 0 to 1, in panels side by side that have their rows in common.
 *
 * @param title of the chart
 * @param rows their names, the uppermost first
 * @param panels from left to right
 */
record CellMap(String title, List<String> rows, List<Panel> panels) {

  private static final Color NONE = new Color(0xE3ECF3);
  private static final Color ALL = new Color(0x0B2F4A);
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int TOP = 92;
  private static final int BOTTOM = 62;
  private static final int GAP = 22;
  private static final int MOST_HEIGHT = 640;
  private static final int HIGH = 30;
  private static final int LINE = 16;
  private static final double WIDEST = 36;
  private static final int FEW = 16;
  private static final double NARROW = 0.3;
  private static final double LEAST = 170;
  private static final double ROOM = 0.12;
  private static final double WIDE = 6;
  private static final double SEAM = 0.6;

  /**
   * One part of the map.
   *
   * @param name above it
   * @param figure beneath it
   * @param shares by row and column
   */
  record Panel(String name, String figure, List<double[]> shares) {

    int columns() {
      return shares.get(0).length;
    }
  }

  XYChart chart() {
    XYChart chart = Theme.chart(title, "", "", TOP + BOTTOM + (int) Math.round(rowHeight() * rows.size()));
    chart.addSeries(title, new double[] {0}, new double[] {0}).setMarker(SeriesMarkers.NONE);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAxisTicksVisible(false).setAxisTitlesVisible(false).setPlotGridLinesVisible(false);
    chart.addAnnotation(new Cells());
    return chart;
  }

  private double rowHeight() {
    return Math.min(HIGH, (double) MOST_HEIGHT / rows.size());
  }

  /** How wide each panel is: one of few columns as wide as they need, three tenths at most; the others share what is left. */
  private double[] widths(double all) {
    double[] widths = panels.stream().mapToDouble(panel -> panel.columns() > FEW ? 0
        : Math.max(LEAST, Math.min(NARROW * all, WIDEST * panel.columns()))).toArray();
    double left = all - GAP * (panels.size() - 1) - Arrays.stream(widths).sum();
    long wide = Arrays.stream(widths).filter(width -> width == 0).count();
    return Arrays.stream(widths).map(width -> width == 0 ? left / wide : width).toArray();
  }

  static Color color(double share) {
    return new Color(mix(NONE.getRed(), ALL.getRed(), share), mix(NONE.getGreen(), ALL.getGreen(), share), mix(NONE.getBlue(), ALL.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }

  /** XChart has no such map that stays legible in both formats, so it is painted over an empty plot. */
  private final class Cells extends Annotation {

    private Graphics2D graphics;

    Cells() {
      super(true);
    }

    @Override
    public void paint(Graphics2D on) {
      graphics = on;
      double[] widths = widths(chart.getWidth() - LEFT - RIGHT);
      double x = LEFT;
      for (int i = 0; i < widths.length; i++) {
        paint(panels.get(i), x, widths[i]);
        x += widths[i] + GAP;
      }
      paintRowNames();
      paintLegend();
    }

    private void paint(Panel panel, double x, double width) {
      text(panel.name(), x, TOP - 10, 0);
      double cell = width / panel.columns();
      double across = cell > WIDE ? 1 : -SEAM;
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < panel.columns(); column++) {
          box(x + column * cell, TOP + row * rowHeight(), cell - across, rowHeight() * (1 - ROOM), panel.shares().get(row)[column]);
        }
      }
      text(panel.figure(), x, TOP + rows.size() * rowHeight() + LINE, 0);
    }

    private void paintRowNames() {
      int step = (int) Math.ceil(LINE / rowHeight());
      for (int row = 0; row < rows.size(); row += step) {
        text(rows.get(row), LEFT - 10, TOP + (row + 0.5 * (1 - ROOM)) * rowHeight() + 4, 1);
      }
      text("block", LEFT - 10, TOP - 10, 1);
    }

    private void paintLegend() {
      int steps = 24;
      double y = TOP + rows.size() * rowHeight() + 2.4 * LINE - 9;
      double right = chart.getWidth() - RIGHT;
      text("all", right, y + 9, 1);
      for (int i = 0; i < steps; i++) {
        box(right - 26 - 5 * (steps - i), y, 5 + SEAM, 10, (double) i / (steps - 1));
      }
      text("gone: none", right - 34 - 5 * steps, y + 9, 1);
    }

    private void box(double x, double y, double width, double height, double share) {
      graphics.setColor(color(share));
      graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /** {@code text} with its {@code anchor} at {@code x}: 0 its left end, 1 its right. */
    private void text(String text, double x, double y, double anchor) {
      TextLayout layout = new TextLayout(text, styler.getAnnotationTextFont(), new FontRenderContext(null, true, false));
      graphics.setColor(styler.getChartFontColor());
      graphics.fill(layout.getOutline(AffineTransform.getTranslateInstance(x - anchor * layout.getAdvance(), y)));
    }
  }
}
