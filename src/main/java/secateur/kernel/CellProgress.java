package secateur.kernel;

import java.util.UUID;
import java.util.function.LongSupplier;
import secateur.lab.Html;
import secateur.lab.TrainingChart;
import secateur.tensor.Curves;
import secateur.tensor.Progress;
import secateur.tensor.Progress.Stage;

/** Shows progress as one line of the running cell, and beneath it a chart where there are curves, updated in place. */
final class CellProgress implements Progress.Listener {

  private static final long PAUSE_NS = 500_000_000;

  /** Drawing takes at most this part of the time. */
  private static final int PART = 25;

  private static final String LINE = "display:flex;align-items:center;gap:.8em;font-variant-numeric:tabular-nums";
  private static final String TRACK = "flex:none;width:12em;height:.5em;border-radius:.25em;background:rgba(128,128,128,.25)";
  private static final String BAR = "height:100%;border-radius:.25em;background:";

  private final Screen screen;
  private final LongSupplier clock;
  private String line;
  private String chart;
  private long next;

  CellProgress(Screen screen) {
    this(screen, System::nanoTime);
  }

  /** {@code clock} gives nanoseconds. */
  CellProgress(Screen screen, LongSupplier clock) {
    this.screen = screen;
    this.clock = clock;
  }

  /** The next update begins a line of its own. */
  synchronized void newCell() {
    line = null;
    chart = null;
  }

  @Override
  public synchronized void update(Progress.State state) {
    line = show(line, View.of(state.text()).html(html(state)));
    if (state.curves() != null) {
      draw(state);
    }
  }

  @Override
  public synchronized void notice(String sentence) {
    show(null, View.of(sentence).html("<div class=\"secateur-notice\">" + Html.escape(sentence) + "</div>"));
  }

  private void draw(Progress.State state) {
    boolean last = state.stage() != Stage.RUNNING;
    long begun = clock.getAsLong();
    if (drawable(state.curves()) && (last || chart == null || begun >= next)) {
      chart = show(chart, Picture.of(TrainingChart.of(state.task(), state.curves())).view());
      long end = clock.getAsLong();
      next = end + Math.max(PAUSE_NS, PART * (end - begun));
    }
    if (last) {
      newCell();
    }
  }

  private static boolean drawable(Curves curves) {
    return curves.lines().stream().anyMatch(each -> each.size() > 1);
  }

  /** Shows {@code view} in the place {@code id}, or in a new one where that is null; the place. */
  private String show(String id, View view) {
    if (id != null) {
      screen.update(id, view);
      return id;
    }
    String place = UUID.randomUUID().toString();
    screen.display(place, view);
    return place;
  }

  static String html(Progress.State state) {
    String bar = state.stage() == Stage.DONE ? "" : div(TRACK,
        div("width:" + state.percent() + "%;" + BAR + (state.stage() == Stage.STOPPED ? Colour.AMBER : Colour.GREEN), ""));
    String text = "<span>" + Html.escape(state.text()) + "</span>";
    return "<div class=\"secateur-progress\" style=\"" + LINE + "\">" + bar + text + "</div>";
  }

  private static String div(String style, String content) {
    return "<div style=\"" + style + "\">" + content + "</div>";
  }
}
