package secateur.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the body of an answer to a file from a position on; what lay there before is cut off. */
final class ToFile implements BodySubscriber<Void> {

  private final FileChannel out;
  private final long from;
  private final long limit;
  private final AtomicLong received;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Flow.Subscription subscription;

  /**
   * @param limit how long the file may become
   * @param received loses what is cut off, gains what comes
   */
  ToFile(FileChannel out, long from, long limit, AtomicLong received) {
    this.out = out;
    this.from = from;
    this.limit = limit;
    this.received = received;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    try {
      received.addAndGet(from - out.size());
      out.truncate(from).position(from);
      subscription.request(1);
    } catch (IOException e) {
      fail(new UncheckedIOException("cannot write the download: " + e.getMessage(), e));
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        if (out.position() + buffer.remaining() > limit) {
          fail(new IOException("more came than the " + limit + " bytes that were announced"));
          return;
        }
        while (buffer.hasRemaining()) {
          received.addAndGet(out.write(buffer));
        }
      }
      subscription.request(1);
    } catch (IOException e) {
      fail(new UncheckedIOException("cannot write the download: " + e.getMessage(), e));
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }

  private void fail(Exception failure) {
    subscription.cancel();
    done.completeExceptionally(failure);
  }
}
