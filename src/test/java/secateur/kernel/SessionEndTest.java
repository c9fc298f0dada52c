package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.junit.jupiter.api.Test;

/** What a queue of cells, and a whole session, ends at. */
class SessionEndTest {

  private static Message<ExecuteRequest> sent(String date) {
    ExecuteRequest request = new ExecuteRequest("1", false, true, Map.of(), false, true);
    return new Message<>(List.of(), new Header<>("1", "u", "s", new KernelTimestamp(date), MessageType.EXECUTE_REQUEST, "5.3"), request);
  }

  @Test
  void cellsThatWaitedWhenOneFailedDoNotRun() {
    Message<ExecuteRequest> waiting = sent(OffsetDateTime.now().minusSeconds(5).toString());
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    Queued queued = new Queued(now::get);
    assertThat(queued.aborts(waiting)).isFalse();
    queued.failed();
    assertThat(queued.aborts(waiting)).isTrue();
    assertThat(queued.aborts(sent(OffsetDateTime.now().plusSeconds(5).toString()))).isFalse();
    assertThat(queued.aborts(sent("no date"))).isFalse();
    now.set(now.get().plusMillis(999));
    assertThat(queued.aborts(waiting)).as("so long after the last of the queue").isTrue();
    now.set(now.get().plusMillis(1000));
    assertThat(queued.aborts(waiting)).as("a second after the last of the queue").isFalse();
  }

  @Test
  void onlyALivingParentIsWatched() {
    assertThat(ParentWatch.parent(null)).isEmpty();
    assertThat(ParentWatch.parent("1")).isEmpty();
    assertThat(ParentWatch.parent("x")).isEmpty();
    assertThat(ParentWatch.parent(Long.toString(ProcessHandle.current().pid()))).isPresent();
  }
}
