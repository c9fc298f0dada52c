package secateur.grade;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import secateur.course.Cell;
import secateur.course.Grading;
import secateur.course.Marking;
import secateur.course.NotebookFile;
import secateur.lab.Html;

/** One page for a student: marks, hints, and the cells that were run. It holds no script, whatever a cell has shown, and no test. */
final class FeedbackPage {

  private static final String STYLE = """
      body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;line-height:1.45}
      table{border-collapse:collapse}td,th{padding:.3em .8em;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
      pre{background:#f6f6f6;padding:.6em .8em;white-space:pre-wrap}pre.out{background:#fff;border-left:.3em solid #ccc}
      .full{color:#3a8f4d}.part{color:#b0601c}img{max-width:100%}""";

  private FeedbackPage() {}

  static String of(Handed handed, Marks marks, NotebookFile notebook) {
    String title = Html.escape(handed.unit() + ", " + handed.student());
    String rows = marks.tests().stream().map(FeedbackPage::row).collect(Collectors.joining("\n"));
    String notes = marks.notes().stream().map(note -> "<p class=\"part\">" + Html.escape(note) + "</p>").collect(Collectors.joining("\n"));
    String cells = notebook.cells().stream().map(FeedbackPage::cell).collect(Collectors.joining("\n"));
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title><style>" + STYLE + "</style></head><body>\n<h1>" + title
        + "</h1>\n<p><b>" + Marking.text(marks.points()) + " of " + Marking.text(marks.most()) + " points</b></p>\n" + notes
        + "\n<table><tr><th>task</th><th>test</th><th>points</th><th></th></tr>\n" + rows + "\n</table>\n<h2>What was run</h2>\n" + cells + "\n</body></html>\n";
  }

  private static String row(Mark mark) {
    String kind = mark.points() < mark.most() ? "part" : "full";
    return "<tr><td>" + Html.escape(mark.task()) + "</td><td>" + Html.escape(mark.test()) + "</td><td class=\"" + kind + "\">"
        + Marking.text(mark.points()) + " of " + Marking.text(mark.most()) + "</td><td>" + Html.escape(mark.hint()) + "</td></tr>";
  }

  private static String cell(Cell cell) {
    if (cell.grading().filter(Grading::grade).isPresent()) {
      return "";
    }
    String source = "<pre>" + Html.escape(cell.source()) + "</pre>";
    return !cell.isCode() ? source : source + StreamSupport.stream(cell.json().getAsJsonArray("outputs").spliterator(), false)
        .map(JsonElement::getAsJsonObject).map(FeedbackPage::output).collect(Collectors.joining());
  }

  private static String output(JsonObject output) {
    if (output.has("evalue")) {
      return text(string(output.get("ename")) + ": " + string(output.get("evalue")));
    }
    if (!(output.get("data") instanceof JsonObject data)) {
      return text(string(output.get("text")));
    }
    String png = string(data.get("image/png")).replaceAll("\\s", "");
    return png.matches("[A-Za-z0-9+/=]+") ? "<p><img alt=\"\" src=\"data:image/png;base64," + png + "\"></p>"
        : text(string(data.get("text/plain")));
  }

  /** A text, or lines of one. */
  private static String string(JsonElement element) {
    return element instanceof JsonArray lines ? lines.asList().stream().map(FeedbackPage::string).collect(Collectors.joining())
        : element instanceof JsonPrimitive text ? text.getAsString() : "";
  }

  private static String text(String text) {
    return "<pre class=\"out\">" + Html.escape(text) + "</pre>";
  }
}
