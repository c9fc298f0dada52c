package secateur.cli;

import java.io.PrintStream;
import java.time.Duration;
import secateur.tensor.Progress;

/**
 * Progress in a terminal: one line on the error stream that updates in place, or a line every tenth where that stream is
 * a file or a pipe.
 */
public final class Terminal implements Progress.Listener {

  private static final int USUAL = 80;
  private static final int BAR = 12;
  private static final double TENTH = 0.1;
  private static final long WORTH_A_LINE_NS = 1_000_000_000;

  private final PrintStream out;
  private final int columns;
  private final boolean inPlace;
  private String figure = "";
  private double said;
  private long begun;

  Terminal(PrintStream out, int columns, boolean inPlace) {
    this.out = out;
    this.columns = columns;
    this.inPlace = inPlace;
  }

  /** Shows the progress of this process from now on; {@code secateur.jsh} calls it, so that plain JShell shows it too. */
  public static void attach() {
    boolean inPlace = Integer.getInteger("secateur.columns", 0) > 0 || System.console() != null;
    Progress.listener(new Terminal(System.err, columns(), inPlace));
  }

  /** How many characters fit a line. */
  static int columns() {
    String known = System.getProperty("secateur.columns", System.getenv("COLUMNS"));
    return known != null && known.matches("[1-9]\\d{1,3}") ? Integer.parseInt(known) : USUAL;
  }

  @Override
  public synchronized void update(Progress.State state) {
    begun = begun == 0 ? System.nanoTime() : begun;
    figure = state.figure().isEmpty() ? figure : state.figure();
    if (state.done() >= 1) {
      end(state.task());
    } else if (inPlace) {
      out.print("\r" + line(state) + "\u001b[K");
      out.flush();
    } else if (state.done() - said >= TENTH) {
      said = state.done();
      out.println(plain(state));
    }
  }

  private void end(String task) {
    long spent = System.nanoTime() - begun;
    String last = spent < WORTH_A_LINE_NS ? "" : cut(task + " took " + words(Duration.ofNanos(spent)), columns - 1) + "\n";
    out.print(inPlace ? "\r\u001b[K" + last : last);
    out.flush();
    begun = 0;
    said = 0;
    figure = "";
  }

  /** Bar, percent, task and figure, time left; as long as the line at most. */
  private String line(Progress.State state) {
    String bar = "\u2588".repeat((int) (BAR * state.done())) + "\u2591".repeat(BAR - (int) (BAR * state.done()));
    String left = left(state);
    String middle = state.task() + (figure.isEmpty() ? "" : " \u00b7 " + figure);
    return String.format("%s %3d%% %s%s", bar, percent(state), cut(middle, columns - BAR - 7 - left.length()), left);
  }

  private String plain(Progress.State state) {
    return state.task() + " " + percent(state) + "%" + (figure.isEmpty() ? "" : ", " + figure) + left(state);
  }

  private static String left(Progress.State state) {
    return state.left() == null ? "" : ", about " + words(state.left()) + " left";
  }

  private static int percent(Progress.State state) {
    return (int) (100 * state.done());
  }

  /** {@code text}, cut to {@code length} characters. */
  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "\u2026";
  }

  /** Whole seconds under ten, then steps of five; {@code 1 min 20 s}; {@code 2 h 5 min}. */
  static String words(Duration duration) {
    long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
    if (seconds >= 3600) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    seconds = seconds < 10 ? seconds : seconds < 60 ? 5 * Math.round(seconds / 5.0) : 10 * Math.round(seconds / 10.0);
    long rest = seconds % 60;
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min" + (rest == 0 ? "" : " " + rest + " s");
  }
}
