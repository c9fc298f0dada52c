package secateur.course;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a student has to write, and what tells whether it is right.
 *
 * @param solution the cell with the reference solution
 * @param tests the cells after it that bring points, with their hidden tests
 */
public record Task(Cell solution, List<Cell> tests) {

  private static final Pattern CHECK = Pattern.compile("\\s*%%check[^\\n]*(?:\\n|\\z)");

  public Task {
    tests = List.copyOf(tests);
  }

  /** Its name: the solution's grade_id. */
  public String name() {
    return solution.grading().orElseThrow().id();
  }

  /** What all of it brings. */
  public double points() {
    return tests.stream().mapToDouble(Task::points).sum();
  }

  /** What the test cell {@code test} brings. */
  public static double points(Cell test) {
    return test.grading().map(Grading::points).orElse(0.0);
  }

  /** The Java of a solution cell, with an empty line in place of {@code %%check}. */
  public static String body(String source) {
    return CHECK.matcher(source).lookingAt() ? CHECK.matcher(source).replaceFirst("\n") : source;
  }
}
