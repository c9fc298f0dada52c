package secateur.tensor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * Where long work says how far it is, and learns that it should stop. One face listens in a process; work nests, and
 * an inner task fills one step of the task around it.
 */
public final class Progress implements AutoCloseable {

  private static final long PAUSE = 100_000_000;

  /** All that work may claim before it is closed. */
  private static final double ALMOST = 0.999;

  /**
   * How far the outermost task is.
   *
   * @param task what is being done
   * @param done from 0 to 1
   * @param figure the latest result, or empty
   * @param left time left, or null while there is no estimate
   */
  public record State(String task, double done, String figure, Duration left) {}

  /** A face that shows progress; called at most ten times a second, and once with {@code done} 1. */
  @FunctionalInterface
  public interface Listener {
    /** Shows {@code state}. */
    void update(State state);
  }

  private static final Deque<Progress> OPEN = new ArrayDeque<>();
  private static volatile Listener listener = state -> {};
  private static volatile boolean cancelled;
  private static long shown;

  private final String task;
  private final int steps;
  private final long begun = System.nanoTime();
  private int done;
  private String figure = "";

  private Progress(String task, int steps) {
    this.task = task;
    this.steps = Math.max(1, steps);
  }

  /** Opens a task of {@code steps} equal steps. */
  public static Progress of(String task, int steps) {
    check();
    Progress progress = new Progress(task, steps);
    synchronized (OPEN) {
      OPEN.addLast(progress);
    }
    return progress;
  }

  /** One step is done. */
  public void step() {
    step("");
  }

  /** One step is done, with {@code figure} as its result; throws {@link CancellationException} after a cancel. */
  public void step(String result) {
    synchronized (OPEN) {
      done++;
      figure = result;
      show();
    }
    check();
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.remove(this);
      if (OPEN.isEmpty()) {
        listener.update(new State(task, 1, figure, Duration.ZERO));
        shown = 0;
      }
    }
  }

  /** Who is told; the former one is forgotten. */
  public static void listener(Listener face) {
    listener = face;
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

  private static void show() {
    long now = System.nanoTime();
    if (now - shown < PAUSE) {
      return;
    }
    shown = now;
    Progress outer = OPEN.peekFirst();
    Progress inner = OPEN.peekLast();
    double share = Math.min(ALMOST, share());
    long spent = now - outer.begun;
    Duration left = share < 0.02 ? null : Duration.ofNanos((long) (spent * (1 - share) / share));
    listener.update(new State(inner == outer ? outer.task : outer.task + ": " + inner.task, share, inner.figure, left));
  }

  private static double share() {
    double inner = 0;
    var each = OPEN.descendingIterator();
    while (each.hasNext()) {
      Progress progress = each.next();
      inner = Math.min(1, (progress.done + inner) / progress.steps);
    }
    return inner;
  }
}
