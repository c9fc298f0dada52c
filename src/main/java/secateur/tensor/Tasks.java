package secateur.tensor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;

/** The tasks that are open, each within the one before, and when the listener hears of them. */
final class Tasks {

  private static final long PAUSE_NS = 100_000_000;

  /** All that work may claim before it is closed. */
  private static final double ALMOST = 0.999;

  /** The share of the work from which the rest can be estimated. */
  private static final double ENOUGH = 0.02;

  private final LongSupplier clock;
  private final Deque<Progress> open = new ArrayDeque<>();
  private Progress.Listener listener = state -> {};
  private long begun;
  private long told;
  private double before;
  private double reached;
  private String figure;
  private Curves curves;

  /** No tasks; {@code clock} gives nanoseconds. */
  Tasks(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized void listener(Progress.Listener face) {
    listener = face;
  }

  synchronized void notice(String sentence) {
    listener.notice(sentence);
  }

  synchronized Progress open(String name, int steps, int done) {
    Progress task = new Progress(this, name, steps);
    task.done = done;
    boolean outermost = open.isEmpty();
    open.addLast(task);
    if (outermost) {
      begun = clock.getAsLong();
      told = begun - PAUSE_NS;
      before = share();
      figure = "";
      curves = null;
    }
    tell();
    return task;
  }

  synchronized void step(Progress task, String result) {
    task.done++;
    figure = result.isEmpty() ? figure : result;
    tell();
  }

  synchronized void done(Progress task) {
    task.done = Math.max(task.done, task.steps);
  }

  synchronized void draw(Curves lines) {
    curves = lines;
  }

  synchronized void close(Progress task) {
    if (open.remove(task) && open.isEmpty()) {
      boolean whole = task.done >= task.steps;
      listener.update(new Progress.State(task.name, whole ? 1 : reached, figure, spent(), whole ? Duration.ZERO : null,
          whole ? Progress.Stage.DONE : Progress.Stage.STOPPED, curves));
    }
  }

  private void tell() {
    reached = Math.min(ALMOST, share());
    long now = clock.getAsLong();
    if (now - told < PAUSE_NS || open.isEmpty()) {
      return;
    }
    told = now;
    Progress outer = open.getFirst();
    Progress inner = open.getLast();
    String name = inner == outer ? outer.name : outer.name + ": " + inner.name;
    listener.update(new Progress.State(name, reached, figure, spent(), left(), Progress.Stage.RUNNING, curves));
  }

  private Duration spent() {
    return Duration.ofNanos(clock.getAsLong() - begun);
  }

  private Duration left() {
    double made = reached - before;
    return made < ENOUGH ? null : Duration.ofNanos((long) (spent().toNanos() * (1 - reached) / made));
  }

  /** Of the outermost task; each task fills one step of the one around it. */
  private double share() {
    double inner = 0;
    Iterator<Progress> each = open.descendingIterator();
    while (each.hasNext()) {
      Progress task = each.next();
      inner = Math.min(1, (task.done + inner) / Math.max(1, task.steps));
    }
    return inner;
  }
}
