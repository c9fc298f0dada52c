package secateur.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines that grow while work goes on: losses by tokens, for example. {@link Progress#draw} hands them to the face that
 * listens, which draws them again and again.
 */
public final class Curves {

  /**
   * One line as it was.
   *
   * @param name what the legend says
   * @param x where its points lie, in the order in which they came
   * @param y as many figures
   */
  public record Line(String name, double[] x, double[] y) {

    /** How many points it has. */
    public int size() {
      return x.length;
    }
  }

  private static final class Points {

    private double[] x = new double[64];
    private double[] y = new double[64];
    private int size;

    void add(double atX, double atY) {
      if (size == x.length) {
        x = Arrays.copyOf(x, 2 * size);
        y = Arrays.copyOf(y, 2 * size);
      }
      x[size] = atX;
      y[size++] = atY;
    }

    Line line(String name) {
      return new Line(name, Arrays.copyOf(x, size), Arrays.copyOf(y, size));
    }
  }

  private final String x;
  private final String y;
  private final Map<String, Points> lines = new LinkedHashMap<>();

  /** No lines yet, on axes of the titles {@code x} and {@code y}. */
  public Curves(String x, String y) {
    this.x = x;
    this.y = y;
  }

  /** {@code line} goes on to this point; a name that is new begins a line. */
  public synchronized void point(String line, double atX, double atY) {
    lines.computeIfAbsent(line, name -> new Points()).add(atX, atY);
  }

  /** Copies of all lines as they are now, the oldest first. */
  public synchronized List<Line> lines() {
    List<Line> now = new ArrayList<>();
    lines.forEach((name, points) -> now.add(points.line(name)));
    return now;
  }

  /** The title of the horizontal axis. */
  public String x() {
    return x;
  }

  /** The title of the vertical axis. */
  public String y() {
    return y;
  }
}
