package secateur.train;

import java.util.ArrayList;
import java.util.List;
import secateur.tensor.Curves;

/** Losses by tokens seen: of every step, and of the held-out batches. */
public final class Curve {

  /**
   * One loss.
   *
   * @param tokens seen so far
   * @param loss mean in nats
   */
  public record Point(long tokens, double loss) {}

  private final List<Point> training = new ArrayList<>();
  private final List<Point> heldOut = new ArrayList<>();
  private final Curves lines = new Curves("tokens", "loss, nats per token");

  /** The loss of every step, before it. */
  public List<Point> training() {
    return List.copyOf(training);
  }

  /** The held-out losses. */
  public List<Point> heldOut() {
    return List.copyOf(heldOut);
  }

  /** The lowest held-out loss, or infinity. */
  public double best() {
    return heldOut.stream().mapToDouble(Point::loss).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** Both as lines to draw. */
  public Curves lines() {
    return lines;
  }

  void addTraining(Point point) {
    training.add(point);
    lines.point("training", point.tokens(), point.loss());
  }

  void addHeldOut(Point point) {
    heldOut.add(point);
    lines.point("held out", point.tokens(), point.loss());
  }
}
