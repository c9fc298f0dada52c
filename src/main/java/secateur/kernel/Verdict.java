package secateur.kernel;

import java.util.Optional;
import secateur.course.Marking;
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
