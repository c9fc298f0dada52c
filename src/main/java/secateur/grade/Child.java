package secateur.grade;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A process that runs cells, watched and limited. What it says of a cell comes over a socket, with a word that was made for
 * this cell; what it prints counts for nothing.
 *
 * <p>What this does not protect against: the tests run in the same Java as the student's code. Code that looks for the tests by
 * reflection, or changes the library's classes under them, can make them pass or read them; such code is there to be seen in the
 * graded notebook. The machine, the grader, and other submissions are out of its reach in a {@link Sandbox}.
 */
final class Child implements AutoCloseable {

  private static final List<String> KEPT = List.of("PATH", "JAVA_HOME", "LANG", "LC_ALL", "SECATEUR_DEVICE", "PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR");
  private static final int SAID = 2000;
  private static final String SOCKET = "socket";

  private final Path scratch;
  private final Process process;
  private final Watch watch;
  private final CompletableFuture<String> said;
  private SocketChannel channel;
  private Wire wire;

  /** @throws Stopped if it does not come up */
  Child(Limits limits, Sandbox sandbox) throws IOException, Stopped {
    scratch = Files.createTempDirectory("secateur-grade");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(scratch.resolve(SOCKET)));
      process = start(limits, sandbox);
      said = CompletableFuture.supplyAsync(() -> head(process.getInputStream()));
      watch = new Watch(process, limits);
      watch.begin(limits.whole());
      process.onExit().thenRun(() -> quietly(server));
      connect(server);
    } catch (IOException | RuntimeException e) {
      delete(scratch);
      throw e;
    }
  }

  private void connect(ServerSocketChannel server) throws Stopped {
    try {
      channel = server.accept();
      wire = new Wire(channel);
      wire.receive();
      watch.end();
    } catch (IOException e) {
      close();
      throw new Stopped("the process that runs it did not start: " + watch.reason().orElseGet(said::join));
    }
  }

  private Process start(Limits limits, Sandbox sandbox) throws IOException {
    List<String> java = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + limits.heap() + "m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Djava.awt.headless=true", "-Dai.djl.offline=true", "--enable-native-access=ALL-UNNAMED"));
    boolean alone = sandbox == Sandbox.NONE;
    java.addAll(List.of("-Djava.io.tmpdir=" + (alone ? scratch : "/tmp"), "-Duser.home=" + (alone ? scratch : "/tmp/home")));
    java.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), Worker.class.getName(), scratch.resolve(SOCKET).toString()));
    ProcessBuilder builder = new ProcessBuilder(sandbox.command(java, scratch)).directory(scratch.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(KEPT);
    environment.putAll(Map.of("HOME", scratch.toString(), "DJL_CACHE_DIR", cache().toString(), "OMP_WAIT_POLICY", "PASSIVE",
        "OPT_OUT_TRACKING", "true", "RUST_FLAVOR", "cpu"));
    Process started = builder.start();
    started.getOutputStream().close();
    return started;
  }

  private static String absolute(String classPath) {
    return String.join(File.pathSeparator, java.util.Arrays.stream(classPath.split(File.pathSeparator)).filter(each -> !each.isEmpty())
        .map(each -> Path.of(each).toAbsolutePath().toString()).toList());
  }

  /** Where DJL keeps the native libraries. */
  static Path cache() {
    String known = System.getenv("DJL_CACHE_DIR");
    return known != null ? Path.of(known).toAbsolutePath() : Path.of(System.getProperty("user.home"), ".djl.ai");
  }

  /**
   * Runs a cell.
   *
   * @param number above 0 for one of the student's
   * @param forget whether what cells of this number declared is forgotten first
   * @throws Stopped if the process ends before it answers; no more can be run in it then
   */
  Answer run(String source, int number, boolean forget) throws Stopped {
    JsonPrimitive nonce = new JsonPrimitive(UUID.randomUUID().toString());
    JsonObject request = new JsonObject();
    request.add("nonce", nonce);
    request.addProperty("source", source);
    request.addProperty("number", number);
    request.addProperty("forget", forget);
    watch.begin(watch.limits().cell());
    try {
      wire.send(request);
      JsonObject answer = wire.receive();
      watch.end();
      if (!nonce.equals(answer.get("nonce"))) {
        throw new IOException("it answered what it was not asked");
      }
      return Answer.of(answer);
    } catch (IOException | RuntimeException e) {
      throw new Stopped(watch.reason().orElseGet(() -> ended(e)));
    } finally {
      watch.end();
    }
  }

  private String ended(Exception e) {
    process.onExit().completeOnTimeout(process, 10, java.util.concurrent.TimeUnit.SECONDS).join();
    return process.isAlive() ? "the process was ended: " + e.getMessage()
        : "the process ended while the cell ran (exit code " + process.exitValue() + "): System.exit, or a crash";
  }

  /** The beginning of what {@code in} has; the rest is read and dropped. */
  private static String head(InputStream in) {
    try (in) {
      String head = new String(in.readNBytes(SAID), StandardCharsets.UTF_8);
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return head.strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static void quietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      return; // it was closed already
    }
  }

  @Override
  public void close() {
    watch.close();
    if (channel != null) {
      quietly(channel);
    }
    delete(scratch);
  }

  private static void delete(Path directory) {
    try (var all = Files.walk(directory)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
    } catch (IOException | java.io.UncheckedIOException e) {
      return; // it lies in the system's directory for what is temporary
    }
  }
}
