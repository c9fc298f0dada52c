package secateur.course;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What nbgrader's metadata, version 3, says of a cell ({@code nbgraderformat/v3.json} in github.com/jupyter/nbgrader).
 *
 * @param id one in each notebook
 * @param grade whether it brings points
 * @param solution whether the student writes it
 * @param locked whether the teacher's text stands whatever a submission holds
 * @param points 0 where it brings none
 */
public record Grading(String id, boolean grade, boolean solution, boolean locked, double points) {

  static final String KEY = "nbgrader";
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

  public Grading {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("grade_id is \"" + id + "\"; allowed are letters, digits, - and _");
    }
    if (!(points >= 0) || Double.isInfinite(points)) {
      throw new IllegalArgumentException("points of " + id + " are " + points + "; they are a number of at least 0");
    }
  }

  /** Empty where there is none, or where it says that the cell is an ordinary one. */
  static Optional<Grading> of(JsonObject metadata) {
    if (!(metadata.get(KEY) instanceof JsonObject own)) {
      return Optional.empty();
    }
    boolean grade = flag(own, "grade");
    boolean solution = flag(own, "solution");
    boolean locked = !solution && (grade || flag(own, "locked"));
    return grade || solution || locked ? Optional.of(new Grading(id(own), grade, solution, locked, grade ? points(own) : 0)) : Optional.empty();
  }

  private static String id(JsonObject own) {
    return own.has("grade_id") && own.get("grade_id").isJsonPrimitive() ? own.get("grade_id").getAsString() : "";
  }

  private static boolean flag(JsonObject own, String name) {
    return own.has(name) && own.get(name).isJsonPrimitive() && own.get(name).getAsBoolean();
  }

  private static double points(JsonObject own) {
    try {
      return own.get("points").getAsDouble();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("points of " + own.get("grade_id") + " are " + own.get("points") + "; they are a number of at least 0", e);
    }
  }
}
