package secateur.kernel;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import secateur.lab.Html;
import secateur.tensor.Progress;

/** Shows progress as one line of the running cell, updated in place. */
final class CellProgress implements Progress.Listener {

  private final Screen screen;
  private String id;
  private Progress.State last;

  CellProgress(Screen screen) {
    this.screen = screen;
  }

  /** The next update begins a line of its own. */
  synchronized void newCell() {
    id = null;
    last = null;
  }

  /** The cell failed: work that closes on its way out reports itself done, so the line goes back to how far it was. */
  synchronized void stopped() {
    if (last != null) {
      String stopped = last.done() < 1 ? text(last) + ", stopped" : last.task() + ", stopped";
      show(View.of(stopped).html("<div class=\"secateur-progress\">" + Html.escape(stopped) + "</div>"));
    }
  }

  @Override
  public synchronized void update(Progress.State state) {
    if (state.done() < 1 || last == null) {
      last = new Progress.State(state.task(), state.done(), state.figure(), null);
    }
    show(View.of(text(state)).html(html(state)));
  }

  private void show(View view) {
    if (id == null) {
      id = UUID.randomUUID().toString();
      screen.display(id, view);
    } else {
      screen.update(id, view);
    }
  }

  /** {@code task 43%, figure, about 12 s left}, or {@code task: done, figure}. */
  static String text(Progress.State state) {
    String figure = state.figure() == null || state.figure().isEmpty() ? "" : ", " + state.figure();
    String left = state.left() == null || state.done() >= 1 ? "" : ", about " + duration(state.left()) + " left";
    String done = state.done() >= 1 ? ": done" : " " + percent(state) + "%";
    return state.task() + done + figure + left;
  }

  static String html(Progress.State state) {
    String bar = state.done() >= 1 ? "" : """
        <div style="width:12em;height:.5em;border-radius:.25em;background:rgba(128,128,128,.25)">\
        <div style="width:%d%%;height:100%%;border-radius:.25em;background:#3a8f4d"></div></div>"""
        .formatted(percent(state));
    return "<div class=\"secateur-progress\" style=\"display:flex;align-items:center;gap:.8em;"
        + "font-variant-numeric:tabular-nums\">" + bar + "<span>" + Html.escape(text(state)) + "</span></div>";
  }

  private static int percent(Progress.State state) {
    return (int) Math.floor(100 * Math.max(0, Math.min(1, state.done())));
  }

  static String duration(Duration duration) {
    long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 100) {
      return seconds + " s";
    }
    return seconds < 6000
        ? Math.round(seconds / 60.0) + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
  }
}
