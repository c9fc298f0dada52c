package secateur.kernel;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A picture as a notebook shows it.
 *
 * @param image the pixels
 * @param width the width on the page, in CSS pixels
 * @param height the height on the page
 * @param text what it is, for readers without pictures
 */
record Picture(BufferedImage image, int width, int height, String text) {

  /** Pixels of a chart for one on the page: charts stay sharp on dense screens. */
  private static final int DENSITY = 2;

  static Picture of(Chart<?, ?> chart) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    BufferedImage image = new BufferedImage(DENSITY * width, DENSITY * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(DENSITY, DENSITY);
    chart.paint(graphics, width, height);
    graphics.dispose();
    String title = chart.getTitle() == null || chart.getTitle().isEmpty() ? "" : " \"" + chart.getTitle() + "\"";
    return new Picture(image, width, height, chart.getClass().getSimpleName() + title);
  }

  static Picture of(BufferedImage image) {
    String text = "image of " + image.getWidth() + " × " + image.getHeight() + " pixels";
    return new Picture(image, image.getWidth(), image.getHeight(), text);
  }

  void putInto(DisplayData out) {
    out.putData("image/png", base64());
    out.putMetaData("image/png", Map.of("width", width, "height", height));
    out.putText(text);
  }

  private String base64() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
