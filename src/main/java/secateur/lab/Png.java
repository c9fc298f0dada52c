package secateur.lab;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts as pictures, two pixels for one on the page, so that they stay sharp on dense screens. */
public final class Png {

  private static final int DENSITY = 2;
  private static final int CORNER = 32;

  private Png() {}

  /** The pixels of {@code chart}. */
  public static BufferedImage image(Chart<?, ?> chart) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    BufferedImage image = new BufferedImage(DENSITY * width, DENSITY * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = smooth(image);
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(DENSITY, DENSITY);
    chart.paint(graphics, width, height);
    graphics.dispose();
    return card(image);
  }

  /** {@code image} with round corners. */
  private static BufferedImage card(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage card = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = smooth(card);
    graphics.setPaint(new TexturePaint(image, new Rectangle(width, height)));
    graphics.fill(new RoundRectangle2D.Double(0, 0, width, height, CORNER, CORNER));
    graphics.dispose();
    return card;
  }

  private static Graphics2D smooth(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return graphics;
  }

  /** {@code image} as a PNG file. */
  public static byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
