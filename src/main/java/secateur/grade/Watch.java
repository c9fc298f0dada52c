package secateur.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at a child and all that it starts, twenty times a second, and ends them where they go over a limit. */
final class Watch implements AutoCloseable {

  private static final int PERIOD_MS = 50;
  private static final int KIB_A_MIB = 1024;

  private final Process process;
  private final Limits limits;
  private final long last;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile Duration allowed = Duration.ZERO;
  private volatile String reason;
  private volatile boolean closed;
  private volatile int usual = Integer.MAX_VALUE;

  Watch(Process process, Limits limits) {
    this.process = process;
    this.limits = limits;
    last = System.nanoTime() + limits.whole().toNanos();
    Thread thread = new Thread(this::watch, "secateur-watch");
    thread.setDaemon(true);
    thread.start();
  }

  Limits limits() {
    return limits;
  }

  /** From now on the clock runs. */
  void begin(Duration time) {
    allowed = time;
    deadline = System.nanoTime() + time.toNanos();
  }

  /** What was begun is done in time; what runs now is what the child is made of. */
  void end() {
    deadline = Long.MAX_VALUE;
    usual = Math.min(usual, tree().size());
  }

  /** Why the child was ended; empty if it was not. */
  Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  private void watch() {
    while (!closed && process.isAlive()) {
      Optional<String> over = over();
      if (over.isPresent()) {
        reason = over.get();
        kill();
        return;
      }
      pause();
    }
  }

  private Optional<String> over() {
    long now = System.nanoTime();
    if (now > last || now > deadline) {
      Duration time = now > last ? limits.whole() : allowed;
      return Optional.of("it took longer than the " + seconds(time) + (now > last ? " that a submission may take" : " that a cell may take"));
    }
    List<ProcessHandle> tree = tree();
    if (tree.size() > (long) usual + limits.processes()) {
      return Optional.of("it started more than " + limits.processes() + " processes");
    }
    long memory = 0;
    long threads = 0;
    for (ProcessHandle each : tree) {
      memory += status(each, "VmRSS:");
      threads += status(each, "Threads:");
    }
    return memory / KIB_A_MIB > limits.memory() ? Optional.of("it used more than " + limits.memory() + " MiB of memory")
        : threads > limits.threads() ? Optional.of("it used more than " + limits.threads() + " threads") : Optional.empty();
  }

  private static String seconds(Duration time) {
    return String.format(java.util.Locale.ROOT, time.toMillis() % 1000 == 0 ? "%.0f seconds" : "%.1f seconds", time.toMillis() / 1e3);
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** A figure of proc(5)'s status; 0 where the process has gone. */
  private static long status(ProcessHandle process, String name) {
    try {
      byte[] all = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "status"));
      return Arrays.stream(new String(all, StandardCharsets.ISO_8859_1).split("\n")) // a process chooses its name, in which only line feeds are escaped
          .filter(line -> line.startsWith(name)).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private void kill() {
    List<ProcessHandle> tree = tree();
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    kill();
    try {
      process.waitFor(PERIOD_MS * 100L, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
