package secateur.grade;

import java.io.IOException;
import secateur.course.NotebookFile;
import secateur.course.Unit;

/**
 * Grades notebooks, each in processes of its own. Where a process has to be ended, what was marked stays, the cell that
 * did it and the tests of its task bring nothing, and the rest is run in another.
 *
 * @param limits for each submission
 * @param sandbox what a submission sees of the machine
 */
public record Grader(Limits limits, Sandbox sandbox) {

  /**
   * Grades a submission.
   *
   * @throws IOException if the files that a process needs cannot be written
   */
  public Graded grade(Unit unit, NotebookFile submission) throws IOException {
    return new Trial(Submission.of(unit, submission), limits, sandbox).graded(unit);
  }
}
