package secateur.hub;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import secateur.tensor.Progress;

/** A few threads for files in parallel. */
final class Workers {

  private static final int THREADS = 4;
  private static final long POLL_MS = 100;
  private static final long END_S = 10;

  private Workers() {}

  /** Does all {@code work}; this thread calls {@code watch} meanwhile. The first failure stops the rest and is thrown. */
  static void all(Collection<? extends Callable<Void>> work, Runnable watch) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
      Thread thread = new Thread(task, "secateur-hub");
      thread.setDaemon(true);
      return thread;
    });
    try {
      ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
      work.forEach(running::submit);
      for (int left = work.size(); left > 0;) {
        Future<Void> done = running.poll(POLL_MS, TimeUnit.MILLISECONDS);
        watch.run();
        if (done != null) {
          done.get();
          left--;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Progress.check();
    } catch (ExecutionException e) {
      throw cause(e);
    } finally {
      end(threads);
    }
  }

  private static IOException cause(ExecutionException failure) {
    if (failure.getCause() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
  }

  /** No thread writes to the cache any more when this returns. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(END_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
