package secateur.cli;

import java.io.PrintStream;
import secateur.tensor.Progress;

/**
 * Progress in a terminal: one line on the error stream that updates in place, or a line every tenth where that stream is
 * a file or a pipe.
 */
public final class Terminal implements Progress.Listener {

  private static final int USUAL = 80;
  private static final int BAR = 12;
  private static final double TENTH = 0.1;

  private final PrintStream out;
  private final int columns;
  private final boolean inPlace;
  private double said;

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
    if (state.stage() != Progress.Stage.RUNNING) {
      end(state);
    } else if (inPlace) {
      out.print("\r" + line(state) + "\u001b[K");
      out.flush();
    } else if (state.done() - said >= TENTH) {
      said = state.done();
      out.println(state.text());
    }
  }

  @Override
  public synchronized void notice(String sentence) {
    out.print((inPlace ? "\r\u001b[K" : "") + Lines.wrapped(sentence, columns) + "\n");
    out.flush();
  }

  /** What took less than a second leaves no line. */
  private void end(Progress.State state) {
    String last = state.spent().toSeconds() < 1 ? "" : cut(state.text(), columns - 1) + "\n";
    out.print(inPlace ? "\r\u001b[K" + last : last);
    out.flush();
    said = 0;
  }

  /** Bar, percent, task, curve and figure, time left; as long as the line at most. */
  private String line(Progress.State state) {
    String bar = "\u2588".repeat((int) (BAR * state.done())) + "\u2591".repeat(BAR - (int) (BAR * state.done()));
    String left = state.remaining();
    String figure = state.figure().isEmpty() ? "" : " \u00b7 " + state.figure();
    String middle = state.task() + Sparkline.of(state.curves()) + figure;
    return String.format("%s %3d%% %s%s", bar, state.percent(), cut(middle, columns - BAR - 7 - left.length()), left);
  }

  /** {@code text}, cut to {@code length} characters. */
  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "\u2026";
  }
}
