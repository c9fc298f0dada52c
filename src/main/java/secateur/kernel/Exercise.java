package secateur.kernel;

import java.util.Optional;
import secateur.course.Course;
import secateur.course.Task;

/** What {@code %%check} asks of the kernel. */
public final class Exercise {

  private static Task task;

  private Exercise() {}

  /**
   * The running cell is the answer to this task: when it is over, the task's tests run.
   *
   * @throws IllegalArgumentException if there is no such task; the message names those there are
   * @throws IllegalStateException in a kernel of others
   */
  public static void check(String name) {
    SecateurKernel.current(); // refuses where nobody would run the tests
    task = Course.here().task(name);
  }

  static void forget() {
    task = null;
  }

  /** What is to be said of the cell that is over, if it asked for it. */
  static Optional<Verdict> verdict(Evaluator evaluator) {
    return Optional.ofNullable(task).map(each -> TaskTests.run(each, evaluator));
  }
}
