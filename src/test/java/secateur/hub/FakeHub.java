package secateur.hub;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as the hub does, with a second one on another port for large files, and with faults on demand. */
public final class FakeHub implements AutoCloseable {

  /** The commit of every repository here. */
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** Files of at least so many bytes lie on the other server and are named by SHA-256. */
  public static final int LARGE = 1000;

  private static final int CHUNK = 1 << 14;

  /** What was asked. */
  public record Asked(boolean cdn, String method, String path, String range, String authorization) {}

  /** What goes wrong with one answer. */
  public interface Fault {
    /** Answers in its own way and gives true, or gives false to let the usual answer follow. */
    boolean answer(HttpExchange exchange, byte[] content, int from) throws IOException;
  }

  private final HttpServer hub = server();
  private final HttpServer cdn = server();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private volatile long pauseMs;

  public FakeHub() {
    for (HttpServer each : List.of(hub, cdn)) {
      each.createContext("/", this::handle);
      each.setExecutor(threads);
      each.start();
    }
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code path} as in {@code org/name/resolve/commit/file}, of a model, or with {@code datasets/} before it. */
  public FakeHub file(String repository, String file, byte[] content) {
    files.put(repository + "/resolve/" + COMMIT + "/" + file, content);
    return this;
  }

  public FakeHub file(String repository, String file, String content) {
    return file(repository, file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** What is said at {@code path} instead, as {@code "status code body"}. */
  public FakeHub answer(String path, int status, String code, String body) {
    answers.put(path, status + " " + code + " " + body);
    return this;
  }

  /** Makes the next answers with the content of {@code file} fail, one after the other. */
  public FakeHub fault(String file, Fault... next) {
    faults.computeIfAbsent(file, name -> new ArrayDeque<>()).addAll(List.of(next));
    return this;
  }

  /** Claims another size of {@code file}. */
  public FakeHub size(String file, long bytes) {
    sizes.put(file, bytes);
    return this;
  }

  /** Sends each 16 KiB after a pause. */
  public FakeHub slow(long ms) {
    pauseMs = ms;
    return this;
  }

  public List<Asked> asked() {
    return asked;
  }

  /** The environment of a program that uses this hub and the cache {@code home/hub}. */
  public Map<String, String> environment(Path home) {
    return new HashMap<>(Map.of("HF_ENDPOINT", endpoint(), "HF_HOME", home.toString()));
  }

  public String endpoint() {
    return "http://localhost:" + hub.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean other = exchange.getLocalAddress().getPort() == cdn.getAddress().getPort();
    String path = exchange.getRequestURI().getPath();
    var headers = exchange.getRequestHeaders();
    asked.add(new Asked(other, exchange.getRequestMethod(), path, headers.getFirst("Range"), headers.getFirst("Authorization")));
    try (exchange) {
      if (answers.containsKey(path)) {
        given(exchange, answers.get(path).split(" ", 3));
      } else if (path.startsWith("/api/")) {
        api(exchange, path);
      } else if (files.containsKey(path.substring(1))) {
        file(exchange, path.substring(1), other);
      } else {
        given(exchange, new String[] {"404", path.contains("/resolve/") ? "EntryNotFound" : "RepoNotFound", ""});
      }
    }
  }

  private static void given(HttpExchange exchange, String[] answer) throws IOException {
    if (!answer[1].isEmpty()) {
      exchange.getResponseHeaders().set("X-Error-Code", answer[1]);
    }
    send(exchange, Integer.parseInt(answer[0]), answer[2].getBytes(StandardCharsets.UTF_8));
  }

  private void api(HttpExchange exchange, String path) throws IOException {
    String[] parts = path.split("/");
    String repository = (parts[2].equals("datasets") ? "datasets/" : "") + parts[3] + "/" + parts[4];
    String prefix = repository + "/resolve/" + COMMIT + "/";
    List<Map<String, Object>> siblings = files.entrySet().stream().filter(each -> each.getKey().startsWith(prefix))
        .map(each -> Map.<String, Object>of("rfilename", each.getKey().substring(prefix.length()), "size", size(each.getKey(), each.getValue()))).toList();
    if (siblings.isEmpty()) {
      given(exchange, new String[] {"401", "RepoNotFound", ""});
    } else {
      send(exchange, 200, new Gson().toJson(Map.of("sha", COMMIT, "siblings", siblings)).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void file(HttpExchange exchange, String path, boolean other) throws IOException {
    byte[] content = files.get(path);
    boolean large = content.length >= LARGE;
    if (!other) {
      exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
      exchange.getResponseHeaders().set(large ? "X-Linked-Etag" : "ETag", "\"" + etag(content) + "\"");
      exchange.getResponseHeaders().set("X-Linked-Size", "" + size(path, content));
    }
    if (large && !other) {
      exchange.getResponseHeaders().set("Location", "http://localhost:" + cdn.getAddress().getPort() + exchange.getRequestURI());
      exchange.sendResponseHeaders(302, -1);
    } else {
      content(exchange, path.substring(path.lastIndexOf('/') + 1), content);
    }
  }

  private long size(String path, byte[] content) {
    return sizes.getOrDefault(path.substring(path.lastIndexOf('/') + 1), (long) content.length);
  }

  private void content(HttpExchange exchange, String name, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    boolean get = exchange.getRequestMethod().equals("GET");
    Fault fault = get && faults.containsKey(name) ? faults.get(name).poll() : null;
    if (fault == null || !fault.answer(exchange, content, from)) {
      part(exchange, range == null ? 200 : 206, content, from, content.length);
    }
  }

  /** Answers with bytes {@code from} to {@code to}, though it announces all to the end. */
  private void part(HttpExchange exchange, int status, byte[] content, int from, int to) throws IOException {
    if (status == 206) {
      exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + content.length);
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length == from ? -1 : content.length - from);
    OutputStream out = exchange.getResponseBody();
    for (int i = from; i < to; i += CHUNK) {
      pause();
      out.write(content, i, Math.min(CHUNK, to - i));
      out.flush();
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(pauseMs);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** The connection breaks after {@code bytes}. */
  public Fault drop(int bytes) {
    return (exchange, content, from) -> {
      part(exchange, from == 0 ? 200 : 206, content, from, Math.min(content.length, from + bytes));
      return true;
    };
  }

  /** The whole file although a part was asked for. */
  public Fault ignoreRange() {
    return (exchange, content, from) -> {
      part(exchange, 200, content, 0, content.length);
      return true;
    };
  }

  /** Another part than the one asked for. */
  public Fault otherRange() {
    return (exchange, content, from) -> {
      part(exchange, 206, content, Math.max(0, from - 7), content.length);
      return true;
    };
  }

  /** One bit of the file is wrong. */
  public Fault corrupt() {
    return (exchange, content, from) -> {
      byte[] wrong = content.clone();
      wrong[(from + content.length) / 2] ^= 4;
      part(exchange, from == 0 ? 200 : 206, wrong, from, wrong.length);
      return true;
    };
  }

  /** Nothing comes any more after {@code bytes}, but the connection stays. */
  public Fault stall(int bytes, long ms) {
    return (exchange, content, from) -> {
      part(exchange, from == 0 ? 200 : 206, content, from, from + bytes);
      try {
        Thread.sleep(ms);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return true;
    };
  }

  /** A status instead of the file. */
  public static Fault status(int status, String... headers) {
    return (exchange, content, from) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      send(exchange, status, new byte[0]);
      return true;
    };
  }

  /** The file under another etag. */
  public static Fault etag(String etag) {
    return (exchange, content, from) -> {
      exchange.getResponseHeaders().set("ETag", "\"" + etag + "\"");
      return false;
    };
  }

  /** As the hub names content: SHA-256 of a large file, git's SHA-1 of a small one. */
  public static String etag(byte[] content) {
    return content.length >= LARGE ? digest("SHA-256", content)
        : digest("SHA-1", concat(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII), content));
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    cdn.stop(0);
    threads.shutdownNow();
  }
}
