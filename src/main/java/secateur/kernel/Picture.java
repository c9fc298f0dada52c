package secateur.kernel;

import java.awt.image.BufferedImage;
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

  View view() {
    return View.of(text).png(Png.bytes(image), width, height);
  }
}
