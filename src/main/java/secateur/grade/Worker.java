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

  private static JsonObject answer(CellSession session, JsonObject request) {
    int number = request.get("number").getAsInt();
    if (request.get("forget").getAsBoolean()) {
      session.forget(number);
    }
    CellSession.Ran ran = session.run(request.get("source").getAsString(), number);
    Memory.collect(); // arrays are native: the heap does not feel how many wait for it
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
