package secateur.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import secateur.course.Cell;
import secateur.course.Marking;
import secateur.course.Task;

/** The tests of a task, run as cells of their own. */
final class TaskTests {

  private TaskTests() {}

  /** What they say of the answer that {@code evaluator} has. */
  static Verdict run(Task task, Evaluator evaluator) {
    List<String> hints = new ArrayList<>();
    double points = 0;
    for (Cell test : task.tests()) {
      try {
        points += points(test, evaluator);
      } catch (CellError error) {
        if (error.isInterrupt()) {
          throw error;
        }
        hints.add(Hint.of(error));
      }
    }
    return new Verdict(task.name(), points, task.points(), hints.stream().findFirst());
  }

  private static double points(Cell test, Evaluator evaluator) {
    AtomicBoolean printed = new AtomicBoolean();
    PrintStream usual = System.err;
    System.setErr(new PrintStream(new Noticed(usual, printed), true, StandardCharsets.UTF_8));
    Object value;
    try {
      value = evaluator.evaluate(test.source(), 0);
    } finally {
      System.setErr(usual);
    }
    if (printed.get()) {
      throw CellError.of(Hint.PRINTS, Hint.PRINTS);
    }
    return Marking.points(Task.points(test), value == null ? null : Views.of(value).text());
  }

  /** Passes on what is printed, and notices that something is. */
  private static final class Noticed extends OutputStream {

    private final PrintStream on;
    private final AtomicBoolean printed;

    Noticed(PrintStream on, AtomicBoolean printed) {
      this.on = on;
      this.printed = printed;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      printed.set(true);
      on.write(bytes, offset, length);
    }
  }
}
