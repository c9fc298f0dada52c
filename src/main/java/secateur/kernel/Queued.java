package secateur.kernel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;

/**
 * The cells that were sent before a cell failed. They do not run: "run all" stops at the first error. A client's clock
 * may differ, so the rule holds only while such a queue can last.
 */
final class Queued {

  private static final Duration LASTS = Duration.ofSeconds(1);

  private final InstantSource clock;
  private Instant failure = Instant.MIN;
  private Instant lastAborted = Instant.MIN;

  Queued(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes that a cell has failed now. */
  void failed() {
    failure = clock.instant();
    lastAborted = failure;
  }

  /** Whether this request was waiting when the last error came. */
  boolean aborts(Message<?> request) {
    Instant now = clock.instant();
    boolean waited = failure != Instant.MIN && now.isBefore(lastAborted.plus(LASTS))
        && sent(request).map(failure::isAfter).orElse(false);
    lastAborted = waited ? now : lastAborted;
    return waited;
  }

  private static Optional<Instant> sent(Message<?> request) {
    try {
      return Optional.ofNullable(request.getHeader().getTimestamp()).map(KernelTimestamp::getDateString)
          .map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
