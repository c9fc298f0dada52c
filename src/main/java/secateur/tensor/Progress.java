package secateur.tensor;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * Where long work says how far it is, and learns that it should stop. One face listens in a process; work nests, and
 * an inner task fills one step of the task around it.
 *
 * <pre>{@code
 * try (Progress progress = Progress.of("searching", 10)) {
 *   for (int i = 0; i < 10; i++) {
 *     progress.step("best so far " + search(i));
 *   }
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable {

  /** Whether work goes on, and how it ended. */
  public enum Stage { RUNNING, DONE, STOPPED }

  /**
   * How far the outermost task is.
   *
   * @param task what is being done
   * @param done from 0 to 1, and 1 only when all is done
   * @param figure the latest result, or empty
   * @param spent time since it began
   * @param left time left, or null while there is no estimate
   * @param stage a task that is closed before its last step was stopped
   * @param curves what there is to draw, or null
   */
  public record State(String task, double done, String figure, Duration spent, Duration left, Stage stage, Curves curves) {

    /** Whole percents done. */
    public int percent() {
      return (int) (100 * done);
    }

    /** {@code task 43%, figure, about 12 s left}, and at the end {@code task: done in 20 s, figure}. */
    public String text() {
      String rest = figure.isEmpty() ? "" : ", " + figure;
      return switch (stage) {
        case RUNNING -> task + " " + percent() + "%" + rest + remaining();
        case DONE -> task + ": done" + took(" in ") + rest;
        case STOPPED -> task + ": stopped at " + percent() + "%" + took(" after ") + rest;
      };
    }

    /** {@code , about 12 s left}, or empty while nobody knows. */
    public String remaining() {
      return stage != Stage.RUNNING || left == null ? "" : ", about " + words(left) + " left";
    }

    private String took(String preposition) {
      return spent.toSeconds() < 1 ? "" : preposition + words(spent);
    }
  }

  /** A face that shows progress; called at most ten times a second, and once more at the end. */
  @FunctionalInterface
  public interface Listener {
    /** Shows {@code state}. */
    void update(State state);

    /** Shows a {@code sentence} that stays. */
    default void notice(String sentence) {}
  }

  private static final Tasks ALL = new Tasks(System::nanoTime);
  private static volatile boolean cancelled;

  final String name;
  final int steps;
  int done;
  private final Tasks tasks;

  Progress(Tasks tasks, String name, int steps) {
    this.tasks = tasks;
    this.name = name;
    this.steps = steps;
  }

  /** Opens a task of {@code steps} equal steps. */
  public static Progress of(String task, int steps) {
    return of(task, steps, 0);
  }

  /** Opens a task that goes on after the first {@code done} of its {@code steps}. */
  public static Progress of(String task, int steps, int done) {
    check();
    return ALL.open(task, steps, done);
  }

  /** One step is done. */
  public void step() {
    step("");
  }

  /** One step is done, with {@code figure} as its result; throws {@link CancellationException} after a cancel. */
  public void step(String figure) {
    check();
    tasks.step(this, figure);
  }

  /** All is done, whatever steps were announced. */
  public void done() {
    tasks.done(this);
  }

  /** The face draws {@code curves}, if it can, from now until the outermost task ends. */
  public void draw(Curves curves) {
    tasks.draw(curves);
  }

  @Override
  public void close() {
    tasks.close(this);
  }

  /** Tells the user a {@code sentence} about what is being done. */
  public static void notice(String sentence) {
    ALL.notice(sentence);
  }

  /** Who is told; the former one is forgotten. */
  public static void listener(Listener face) {
    ALL.listener(face);
  }

  /** Asks running work to stop; it throws {@link CancellationException} at its next poll. */
  public static void cancel() {
    cancelled = true;
  }

  /** Forgets a {@link #cancel}; a face calls it before new work. */
  public static void reset() {
    cancelled = false;
  }

  /** Throws {@link CancellationException} after {@link #cancel} or a thread interrupt. */
  public static void check() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted; the lab stays at the last finished step");
    }
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
