package secateur.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;

/**
 * Collects what is printed and sends it at most twenty times a second, or when 64 KB are full. It goes to the cell that
 * ran last, so what a background thread prints after its cell still arrives.
 */
final class CellOutput {

  /** Takes printed text. */
  interface Sink {
    void stream(StreamType type, String text);
  }

  private static final int FULL = 1 << 16;
  private static final long PERIOD_MS = 50;

  private final Stream out = new Stream(StreamType.OUT);
  private final Stream err = new Stream(StreamType.ERR);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(CellOutput::daemon);
  private Sink sink;
  private boolean waiting;

  PrintStream out() {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  PrintStream err() {
    return new PrintStream(err, false, StandardCharsets.UTF_8);
  }

  /** From now on text belongs to this cell. */
  synchronized void attach(Sink newSink) {
    flush();
    sink = newSink;
  }

  /** Sends what has been printed. */
  synchronized void flush() {
    waiting = false;
    out.send();
    err.send();
  }

  private synchronized void write(Stream stream, byte[] bytes, int offset, int length) {
    stream.pending.write(bytes, offset, length);
    if (stream.pending.size() >= FULL) {
      flush();
    } else if (!waiting) {
      waiting = true;
      timer.schedule(this::flush, PERIOD_MS, TimeUnit.MILLISECONDS);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "secateur-output");
    thread.setDaemon(true);
    return thread;
  }

  private final class Stream extends OutputStream {

    private final StreamType type;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    Stream(StreamType type) {
      this.type = type;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      CellOutput.this.write(this, bytes, offset, length);
    }

    void send() {
      byte[] bytes = pending.toByteArray();
      int whole = Utf8.whole(bytes);
      if (whole == 0 || sink == null) {
        return;
      }
      pending.reset();
      pending.write(bytes, whole, bytes.length - whole);
      sink.stream(type, new String(bytes, 0, whole, StandardCharsets.UTF_8));
    }
  }
}
