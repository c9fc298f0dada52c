package secateur.grade;

import secateur.course.Cell;
import secateur.course.Task;

/**
 * A cell that is graded.
 *
 * @param kind whose it is
 * @param cell what stands in the graded notebook
 * @param task the task that it belongs to, or "" for none
 */
record Step(Kind kind, Cell cell, String task) {

  /** Whose cell it is. */
  enum Kind {
    /** The teacher's, and not a test. */
    TEACHER,
    /** The teacher's, which brings points. */
    TEST,
    /** The student's answer to a task. */
    ANSWER,
    /** The student's own. */
    OWN
  }

  /** What is run. */
  String source() {
    return kind == Kind.ANSWER ? Task.body(cell.source()) : cell.source();
  }

  boolean isStudents() {
    return kind == Kind.ANSWER || kind == Kind.OWN;
  }
}
