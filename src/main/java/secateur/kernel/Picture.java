package secateur.kernel;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.knowm.xchart.internal.chartpart.Chart;
import secateur.lab.Png;

/**
 * A picture as a notebook shows it.
 *
 * @param image the pixels
 * @param width the width on the page, in CSS pixels
 * @param height the height on the page
 * @param text what it is, for readers without pictures
 */
record Picture(BufferedImage image, int width, int height, String text) {

  static Picture of(Chart<?, ?> chart) {
    String title = chart.getTitle() == null || chart.getTitle().isEmpty() ? "" : " \"" + chart.getTitle() + "\"";
    return new Picture(Png.image(chart), chart.getWidth(), chart.getHeight(), chart.getClass().getSimpleName() + title);
  }

  static Picture of(BufferedImage image) {
    String text = "image of " + image.getWidth() + " × " + image.getHeight() + " pixels";
    return new Picture(image, image.getWidth(), image.getHeight(), text);
  }

  void putInto(DisplayData out) {
    out.putData("image/png", Base64.getEncoder().encodeToString(Png.bytes(image)));
    out.putMetaData("image/png", Map.of("width", width, "height", height));
    out.putText(text);
  }
}
