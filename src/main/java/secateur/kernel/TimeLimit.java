package secateur.kernel;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Stops a top-level statement that takes longer than it may, as an interrupt would. */
final class TimeLimit {

  static final TimeLimit NONE = new TimeLimit(Duration.ZERO, "");

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, TimeLimit::daemon);
  private final Duration duration;
  private final CellError late;

  /**
   * @param duration zero for no limit
   * @param words what it is called
   */
  TimeLimit(Duration duration, String words) {
    this.duration = duration;
    late = CellError.of(CellError.TIMEOUT, "a statement took longer than " + words + ", which SECATEUR_TIMEOUT allows it");
  }

  <T> T watch(Evaluator evaluator, Supplier<T> statement) {
    if (duration.isZero()) {
      return statement.get();
    }
    AtomicBoolean running = new AtomicBoolean(true);
    Future<?> end = timer.schedule(() -> new Interrupter(evaluator).interrupt(late, running::get),
        duration.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return statement.get();
    } finally {
      running.set(false);
      end.cancel(false);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "secateur-timeout");
    thread.setDaemon(true);
    return thread;
  }
}
