package secateur.kernel;

import java.util.function.BooleanSupplier;
import secateur.tensor.Progress;

/**
 * Stops the running cell. Our own work is asked to stop and given time; code of the user's is stopped at once, as no
 * library can be harmed by that.
 */
final class Interrupter {

  private static final long GRACE_MS = 2000;
  private static final long STEP_MS = 20;
  private static final long BETWEEN_STOPS_MS = 500;

  private final Evaluator evaluator;

  Interrupter(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** @param running whether the cell to be stopped still runs */
  void interrupt(BooleanSupplier running) {
    if (!running.getAsBoolean()) {
      return;
    }
    evaluator.interrupt();
    Progress.cancel();
    evaluator.execution().wake();
    Thread watch = new Thread(() -> stopLater(running), "secateur-interrupt");
    watch.setDaemon(true);
    watch.start();
  }

  private void stopLater(BooleanSupplier running) {
    long deadline = System.currentTimeMillis() + GRACE_MS;
    while (running.getAsBoolean()) {
      if (evaluator.execution().inUserCode() || System.currentTimeMillis() > deadline) {
        evaluator.stop();
        pause(BETWEEN_STOPS_MS); // for its finally blocks
      }
      pause(STEP_MS);
    }
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
