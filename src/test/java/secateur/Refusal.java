package secateur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import secateur.file.MalformedFileException;

/** How a malformed file must be refused: at once, with little memory, with one clear sentence that names file and byte. */
public final class Refusal {

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final long MOST_ALLOCATED = 64L << 20;

  private Refusal() {}

  /** Opens {@code file} with {@code reader}, which must refuse it at byte {@code offset} with {@code word} in its reason. */
  public static void check(Path file, Consumer<Path> reader, long offset, String word) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[1];
    Throwable error = assertTimeoutPreemptively(LONGEST, () -> {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      Throwable thrown = catchThrowable(() -> reader.accept(file));
      allocated[0] = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      return thrown;
    });
    assertThat(error).isInstanceOf(MalformedFileException.class).hasMessageStartingWith(file + ": byte " + offset + ": ")
        .hasMessageContaining(word).hasMessageNotContainingAny("\n", "Exception", "null");
    assertThat(((MalformedFileException) error).offset()).isEqualTo(offset);
    assertThat(allocated[0]).isLessThan(MOST_ALLOCATED);
  }
}
