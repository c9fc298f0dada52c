package secateur.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/** An arrow between two points of a chart, which it does not quite touch. */
final class Arrow extends Annotation {

  private static final double APART = 7;
  private static final double HEAD = 7;

  private final double fromX;
  private final double fromY;
  private final double toX;
  private final double toY;
  private final Color color;

  Arrow(double fromX, double fromY, double toX, double toY, Color color) {
    super(false);
    this.fromX = fromX;
    this.fromY = fromY;
    this.toX = toX;
    this.toY = toY;
    this.color = color;
  }

  /** What lies at {@code share} of the way, {x, y}. */
  double[] at(double share) {
    return new double[] {fromX + share * (toX - fromX), fromY + share * (toY - fromY)};
  }

  @Override
  public void paint(Graphics2D graphics) {
    double x = getXAxisScreenValue(fromX);
    double y = getYAxisScreenValue(fromY);
    double across = getXAxisScreenValue(toX) - x;
    double down = getYAxisScreenValue(toY) - y;
    double length = Math.hypot(across, down);
    if (length < 3 * APART) {
      return;
    }
    AffineTransform along = new AffineTransform(across / length, down / length, -down / length, across / length, x, y);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1.3f));
    graphics.draw(along.createTransformedShape(new Line2D.Double(APART, 0, length - APART - HEAD, 0)));
    Path2D head = new Path2D.Double();
    head.moveTo(length - APART, 0);
    head.lineTo(length - APART - HEAD, HEAD / 2);
    head.lineTo(length - APART - HEAD, -HEAD / 2);
    head.closePath();
    graphics.fill(along.createTransformedShape(head));
  }
}
