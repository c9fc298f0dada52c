package secateur.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import secateur.file.AtomicFile;

/**
 * A chart as SVG, which stays sharp at any size. A notebook draws it; elsewhere {@link #write} it to a file:
 * {@code Svg.of(lab.sizeChart()).write(Path.of("size.svg"))}.
 *
 * @param title of the chart
 * @param text the element, without the XML declaration
 */
public record Svg(String title, String text) {

  private static final int POINTS = 500;

  /** Draws {@code chart}; of a line with more than 500 points, as many with its extremes among them. */
  public static Svg of(Chart<?, ?> chart) {
    synchronized (chart) {
      List<Runnable> back = chart instanceof XYChart lines ? thin(lines) : List.of();
      try {
        return new Svg(chart.getTitle(), element(chart));
      } finally {
        back.forEach(Runnable::run);
      }
    }
  }

  /** Thins the lines of {@code chart}; what brings them back. */
  private static List<Runnable> thin(XYChart chart) {
    List<Runnable> back = new ArrayList<>();
    for (XYSeries series : chart.getSeriesCollection()) {
      double[] x = series.getXData();
      double[] y = series.getYData();
      double[] extra = series.getExtraValues();
      if (y.length > POINTS) {
        int[] kept = Thinning.kept(y, POINTS);
        back.add(() -> series.replaceData(x, y, extra));
        series.replaceData(Thinning.at(kept, x), Thinning.at(kept, y), extra == null ? null : Thinning.at(kept, extra));
      }
    }
    return back;
  }

  private static String element(Chart<?, ?> chart) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String whole = bytes.toString(StandardCharsets.UTF_8);
    return whole.substring(whole.indexOf("<svg")).replaceAll("(\\.\\d\\d)\\d+", "$1").replaceAll("\\n *", "\n").strip();
  }

  /** Writes a file that browsers and drawing programs open. */
  public void write(Path file) {
    AtomicFile.write(file, out -> out.write(StandardCharsets.UTF_8.encode(text + "\n")));
  }

  @Override
  public String toString() {
    return "SVG of \"" + title + "\", " + text.length() + " characters";
  }
}
