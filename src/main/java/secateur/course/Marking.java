package secateur.course;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many points a test cell brings, by the rules of nbgrader's {@code utils.determine_grade}. */
public final class Marking {

  private Marking() {}

  /**
   * The points of a test that neither threw nor printed to standard error.
   *
   * @param most what the cell may bring
   * @param result the text of its value, or null if it has none
   * @return the value if it is a number of at least 0, and at most {@code most}; else {@code most}
   */
  public static double points(double most, String result) {
    try {
      double points = result == null ? most : Double.parseDouble(result.strip());
      return points >= 0 ? Math.min(points, most) : most;
    } catch (NumberFormatException e) {
      return most;
    }
  }

  /** Points as people write them: {@code 2}, {@code 2.5}. */
  public static String text(double points) {
    return BigDecimal.valueOf(points).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }
}
