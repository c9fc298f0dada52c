package secateur.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import secateur.course.Cell;
import secateur.course.Marking;
import secateur.course.Task;
import secateur.lab.Html;

/**
 * What the tests of a task say of an answer.
 *
 * @param task its name
 * @param points what the answer brings
 * @param most what it may bring
 * @param hint what it lacks, one sentence; empty if it is right
 */
record Verdict(String task, double points, double most, Optional<String> hint) {

  private static final String BOX = "display:inline-block;border-left:.3em solid %s;padding:.2em .8em";
  private static final String POINTS = "<span style=\"opacity:.7\">%s</span>";

  /** Runs the tests of {@code task} as cells of their own. */
  static Verdict of(Task task, Evaluator evaluator) {
    List<String> hints = new ArrayList<>();
    double points = 0;
    for (Cell test : task.tests()) {
      try {
        points += run(test, evaluator);
      } catch (CellError error) {
        if (error.isInterrupt()) {
          throw error;
        }
        hints.add(Hint.of(error));
      }
    }
    return new Verdict(task.name(), points, task.points(), hints.stream().findFirst());
  }

  private static double run(Cell test, Evaluator evaluator) {
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

  View view() {
    String colour = hint.isEmpty() ? Colour.GREEN : Colour.AMBER;
    String html = "<b style=\"color:" + colour + "\">" + head() + "</b> " + Html.escape(sentence()) + " " + String.format(POINTS, score());
    return View.of(head() + " " + sentence() + " " + score())
        .html("<div class=\"secateur-check\" style=\"" + String.format(BOX, colour) + "\">" + html + "</div>");
  }

  private String head() {
    return hint.isEmpty() ? "Right." : "Not yet:";
  }

  private String sentence() {
    return hint.map(Hint::ended).orElse("All tests of " + task + " pass.");
  }

  private String score() {
    return "(" + Marking.text(points) + " of " + Marking.text(most) + " points)";
  }
}
