package secateur.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import secateur.tensor.Progress;

/** Ctrl-C: running work is asked to stop, and the process stays until it has said what it kept. */
final class Interruption {

  private static final long PATIENCE_S = 30;
  private static final CountDownLatch OVER = new CountDownLatch(1);
  private static volatile boolean working;

  private Interruption() {}

  /** Work begins: from now on the end of this process waits for {@link #over}, if it was asked to {@link #watch}. */
  static void begin() {
    working = true;
  }

  /** Looks out for Ctrl-C. */
  static void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(Interruption::stop, "secateur-interruption"));
  }

  /** The work is over, done or not. */
  static void over() {
    OVER.countDown();
  }

  private static void stop() {
    if (working && OVER.getCount() > 0) {
      Progress.cancel();
      await();
    }
  }

  private static void await() {
    try {
      OVER.await(PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
