package secateur.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;

/**
 * Puts a label beside each point: right or left of it, or a little above or below, wherever it covers nothing.
 *
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param arrows what labels stay away from
 */
record Labels(Spread x, Spread y, List<Arrow> arrows) {

  private static final double LETTER = 0.0092;
  private static final double GAP = 0.012;
  private static final double LINE = 0.042;
  private static final int TRIES = 60;
  private static final int STOPS = 16;

  /** A label's or a point's place, in shares of the axes. */
  private record Box(double left, double right, double middle) {

    static Box point(double at, double middle) {
      return new Box(at - GAP / 2, at + GAP / 2, middle);
    }

    boolean overlaps(Box other) {
      return left < other.right && other.left < right && Math.abs(middle - other.middle) < 0.99 * LINE;
    }

    boolean inside() {
      return left >= 0 && right <= 1 && middle > LINE / 2 && middle < 1 - LINE / 2;
    }
  }

  /** Adds the {@code texts} of the points at {@code xs}, {@code ys} to {@code chart}. */
  void add(XYChart chart, List<String> texts, double[] xs, double[] ys) {
    List<Box> taken = new ArrayList<>();
    for (int i = 0; i < xs.length; i++) {
      taken.add(Box.point(x.share(xs[i]), y.share(ys[i])));
    }
    arrows.stream().flatMap(arrow -> IntStream.range(0, STOPS).mapToObj(stop -> arrow.at((stop + 0.5) / STOPS)))
        .forEach(stop -> taken.add(Box.point(x.share(stop[0]), y.share(stop[1]))));
    IntStream.range(0, xs.length).boxed().sorted(Comparator.comparingDouble(i -> ys[i])).forEach(i -> {
      Box box = place(LETTER * texts.get(i).length(), taken.get(i), taken);
      taken.add(box);
      chart.addAnnotation(new Coloured(texts.get(i), x.value((box.left() + box.right()) / 2), y.value(box.middle()), Theme.color(i)));
    });
  }

  /** A label in the colour of its point; XChart has one colour for all. */
  private static final class Coloured extends AnnotationText {

    private final Color color;

    Coloured(String text, double x, double y, Color color) {
      super(text, x, y, false);
      this.color = color;
    }

    @Override
    public void paint(Graphics2D graphics) {
      styler.setAnnotationTextFontColor(color);
      super.paint(graphics);
    }
  }

  /** The nearest free place for a label of {@code width} beside {@code point}. */
  private static Box place(double width, Box point, List<Box> taken) {
    return IntStream.range(0, TRIES).boxed().flatMap(step -> beside(width, point, step))
        .filter(Box::inside).filter(box -> taken.stream().noneMatch(box::overlaps))
        .findFirst().orElseGet(() -> beside(width, point, 0).findFirst().orElseThrow());
  }

  /** Right and left of {@code point}, {@code step} quarters of a line higher (even) or lower (odd). */
  private static Stream<Box> beside(double width, Box point, int step) {
    double middle = point.middle() + (step % 2 == 0 ? 1 : -1) * (step + 1) / 2 * LINE / 4;
    return Stream.of(new Box(point.right() + GAP / 2, point.right() + GAP / 2 + width, middle),
        new Box(point.left() - GAP / 2 - width, point.left() - GAP / 2, middle));
  }
}
