package secateur.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A session with itself, to a normal end: what a first notebook does, for {@link KernelArchive} to record. */
final class Rehearsal {

  private static final String ADDRESS = "127.0.0.1";
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII); // of Jupyter's wire protocol
  private static final int PATIENCE_MS = 120_000;

  private static final List<String> CELLS = List.of(
      "6*7",
      "System.out.println(List.of(1, 2).stream().map(i -> i + 1).toList());",
      "record Pair(int a, int b) {}\nvar pair = new Pair(1, 2);\npair",
      "display(Table.create(\"t\").addColumns(tech.tablesaw.api.DoubleColumn.create(\"x\", 1, 2)));",
      "QuickChart.getChart(\"c\", \"x\", \"y\", \"s\", new double[] {1, 2}, new double[] {1, 2})",
      "var model = Llm.load(\"MODEL\");\nmodel",
      "model.layer(\"0.q\").weight().mul(2)",
      "%secateur");

  private final Gson gson = new Gson();
  private final HMACGenerator signatures;
  private final ZMQ.Socket shell;

  private Rehearsal(KernelConnectionProperties connection) throws Exception {
    signatures = connection.createHMACGenerator();
    shell = ZMQ.context(1).socket(SocketType.DEALER);
    shell.setReceiveTimeOut(PATIENCE_MS);
    shell.connect("tcp://" + ADDRESS + ":" + connection.getShellPort());
  }

  /** @param arguments the directory of a model */
  public static void main(String[] arguments) throws Exception {
    KernelConnectionProperties connection = connection();
    Path file = Files.writeString(Files.createTempFile("secateur", ".json"), connection.toJsonString());
    file.toFile().deleteOnExit();
    Thread kernel = new Thread(() -> run(file), "secateur-kernel");
    kernel.setDaemon(true);
    kernel.start();
    new Rehearsal(connection).play(arguments[0]);
    System.exit(0);
  }

  private static void run(Path file) {
    try {
      SecateurKernel.main(new String[] {file.toString()});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KernelConnectionProperties connection() throws IOException {
    List<ServerSocket> free = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      free.add(new ServerSocket(0, 1, InetAddress.getByName(ADDRESS)));
    }
    List<Integer> ports = free.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : free) {
      socket.close();
    }
    return new KernelConnectionProperties(ADDRESS, ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4),
        "tcp", "hmac-sha256", UUID.randomUUID().toString());
  }

  private void play(String model) {
    ask("kernel_info_request", Map.of());
    for (String code : CELLS) {
      JsonObject reply = ask("execute_request", Map.of("code", code.replace("MODEL", model), "silent", false, "store_history", true,
          "user_expressions", Map.of(), "allow_stdin", false, "stop_on_error", true));
      if (!reply.get("status").getAsString().equals("ok")) {
        throw new IllegalStateException("the cell " + code + " failed: " + reply);
      }
    }
    ask("complete_request", Map.of("code", "Math.ma", "cursor_pos", 7));
  }

  private JsonObject ask(String type, Map<String, Object> content) {
    Map<String, String> header = Map.of("msg_id", UUID.randomUUID().toString(), "msg_type", type, "session", "rehearsal",
        "username", "secateur", "date", java.time.Instant.now().toString(), "version", "5.3");
    byte[] head = bytes(header);
    byte[] none = bytes(Map.of());
    byte[] body = bytes(content);
    String signature = signatures.calculateSignature(head, none, none, body);
    shell.sendMore(DELIMITER);
    shell.sendMore(signature);
    shell.sendMore(head);
    shell.sendMore(none);
    shell.sendMore(none);
    shell.send(body);
    List<String> reply = new ArrayList<>();
    do {
      String part = shell.recvStr();
      if (part == null) {
        throw new IllegalStateException("the kernel does not answer a " + type);
      }
      reply.add(part);
    } while (shell.hasReceiveMore());
    return gson.fromJson(reply.get(reply.size() - 1), JsonObject.class);
  }

  private byte[] bytes(Object json) {
    return gson.toJson(json).getBytes(StandardCharsets.UTF_8);
  }
}
