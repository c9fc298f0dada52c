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
  private static final boolean CAN_STOP_LIBRARIES = Runtime.version().feature() < 20; // by Thread.stop
  private static final CellError STOPPED =
      CellError.of(CellError.INTERRUPTED, "the cell was stopped; what finished before that stays");

  private final Evaluator evaluator;

  Interrupter(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** @param running whether the cell to be stopped still runs */
  void interrupt(BooleanSupplier running) {
    interrupt(STOPPED, running);
  }

  /**
   * @param error what the cell shall end in
   * @param running whether what is to be stopped still runs
   */
  void interrupt(CellError error, BooleanSupplier running) {
    if (!running.getAsBoolean()) {
      return;
    }
    evaluator.interrupt(error);
    Progress.cancel();
    evaluator.execution().wake();
    Thread watch = new Thread(() -> stopLater(running), "secateur-interrupt");
    watch.setDaemon(true);
    watch.start();
  }

  private void stopLater(BooleanSupplier running) {
    long deadline = System.currentTimeMillis() + GRACE_MS;
    boolean told = CAN_STOP_LIBRARIES;
    while (running.getAsBoolean()) {
      boolean late = System.currentTimeMillis() > deadline;
      if (late && !told) {
        told = true;
        evaluator.execution().called().ifPresent(call -> System.err.println("waiting for " + call
            + " to return, as Java cannot stop it half-way; restarting the kernel ends it at once"));
      }
      if (late || evaluator.execution().inUserCode()) {
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
