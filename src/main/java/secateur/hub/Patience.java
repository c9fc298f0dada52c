package secateur.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import secateur.tensor.Progress;

/** Counts failures in a row and waits between tries: {@code first}, twice that, and so on, or as long as the server asks. */
final class Patience {

  /** The server asks to come back later. */
  static final class Busy extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> wait;

    Busy(String message, Optional<Duration> wait) {
      super(message);
      this.wait = wait;
    }
  }

  static final int TRIES = 5;

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long POLL_MS = 50;

  private final Duration first;
  private int failures;

  Patience(Duration first) {
    this.first = first;
  }

  /** Waits after {@code failure}, or throws it where it was one too many. */
  void after(IOException failure) throws IOException {
    failures++;
    Duration wait = failure instanceof Busy busy ? busy.wait.orElse(backOff()) : backOff();
    if (failures >= TRIES || wait.compareTo(LONGEST) > 0) {
      throw failure;
    }
    for (long end = System.nanoTime() + wait.toNanos(); System.nanoTime() < end;) {
      pause();
    }
  }

  /** Something came: the count begins again. */
  void progressed() {
    failures = 0;
  }

  private Duration backOff() {
    return first.multipliedBy(1L << (failures - 1));
  }

  /** Waits a moment; throws {@link java.util.concurrent.CancellationException} after a cancel or an interrupt. */
  static void pause() {
    Progress.check();
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Progress.check();
  }
}
