package secateur.grade;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import secateur.course.Entry;
import secateur.kernel.CellSession;
import secateur.tensor.Memory;

/** The child: runs the cells that its parent sends, and answers with what became of them. */
public final class Worker {

  private static final long WORTH_COLLECTING = 128L << 20;

  private static long held; // bytes of this process after the last collection

  private Worker() {}

  /**
   * Runs until the parent goes.
   *
   * @param arguments the socket on which the parent listens
   */
  public static void main(String[] arguments) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0])))) {
      Wire wire = new Wire(channel);
      CellSession session = new CellSession();
      wire.send(new JsonObject());
      while (true) {
        wire.send(answer(session, wire.receive()));
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(0); // the parent has gone; threads of the cells do not keep the process
    }
  }

  /** Arrays are native: the heap does not feel how many wait for it. */
  private static void collect() {
    if (Memory.process().orElse(Long.MAX_VALUE) - held > WORTH_COLLECTING) {
      Memory.collect();
      held = Memory.process().orElse(0);
    }
  }

  private static JsonObject answer(CellSession session, JsonObject request) {
    int number = request.get("number").getAsInt();
    if (request.get("forget").getAsBoolean()) {
      session.forget(number);
    }
    CellSession.Ran ran = session.run(request.get("source").getAsString(), number);
    collect();
    JsonObject answer = new JsonObject();
    answer.add("nonce", request.get("nonce"));
    answer.add("outputs", ran.outputs());
    ran.hint().ifPresent(hint -> answer.addProperty("hint", hint));
    if (ran.value() instanceof Entry entry) {
      answer.addProperty("perplexity", entry.perplexity());
      answer.addProperty("bytes", entry.bytes());
    }
    return answer;
  }
}
