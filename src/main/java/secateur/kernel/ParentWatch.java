package secateur.kernel;

import java.util.Optional;

/** Ends this process when the client that started it is gone. */
final class ParentWatch {

  private static final long PERIOD_MS = 1000;

  private ParentWatch() {}

  /**
   * @param pid the client's process number, as Jupyter says it in JPY_PARENT_PID; null, 1 and unknown ones are not
   *     watched
   */
  static void start(String pid) {
    parent(pid).ifPresent(parent -> {
      Thread watch = new Thread(() -> awaitEnd(parent), "secateur-parent-watch");
      watch.setDaemon(true);
      watch.start();
    });
  }

  static Optional<ProcessHandle> parent(String pid) {
    if (pid == null || !pid.matches("\\d{1,18}") || Long.parseLong(pid) <= 1) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid));
  }

  private static void awaitEnd(ProcessHandle parent) {
    while (parent.isAlive()) {
      try {
        Thread.sleep(PERIOD_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
