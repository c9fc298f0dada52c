package secateur.engines;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An engine in a process of its own, which answers one JSON line with one: its abort ends that process alone. */
final class EngineProcess implements Engine {
  private static final long PATIENCE = 600;   // seconds for one answer
  private static final Gson GSON = new Gson();

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final Path log;

  private EngineProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts {@code command} and waits until the file is open in it.
   *
   * @throws IllegalStateException if the process ends before that, with the last lines it wrote
   */
  static EngineProcess start(List<String> command) {
    try {
      Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "engines")), "engine", ".log");
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      var started = new EngineProcess(process, log);
      started.answer();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  @Override
  public float[][] logits(int[] ids) {
    JsonObject answer = ask(Map.of("do", "logits", "ids", ids));
    var all = ByteBuffer.wrap(Base64.getDecoder().decode(answer.get("logits").getAsString()))
        .order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    var rows = new float[ids.length][all.remaining() / ids.length];
    for (float[] row : rows) {
      all.get(row);
    }
    return rows;
  }

  @Override
  public int[][] tokenize(List<String> texts, boolean special) {
    return GSON.fromJson(ask(Map.of("do", "tokenize", "texts", texts, "special", special)).get("ids"), int[][].class);
  }

  @Override
  public double perplexity(List<int[]> windows) {
    return ask(Map.of("do", "perplexity", "windows", windows)).get("perplexity").getAsDouble();
  }

  @Override
  public String generate(String prompt, int tokens) {
    return ask(Map.of("do", "generate", "prompt", prompt, "tokens", tokens)).get("text").getAsString();
  }

  private JsonObject ask(Map<String, ?> request) {
    try {
      requests.write(GSON.toJson(request));
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    JsonObject answer = answer();
    if (answer.has("error")) {
      throw new IllegalStateException("the engine answers: " + answer.get("error").getAsString());
    }
    return answer;
  }

  private JsonObject answer() {
    try {
      String line = CompletableFuture.supplyAsync(this::line).get(PATIENCE, TimeUnit.SECONDS);
      if (line == null) {
        throw ended(null);
      }
      return JsonParser.parseString(line).getAsJsonObject();
    } catch (TimeoutException | InterruptedException | ExecutionException | JsonSyntaxException | IllegalStateException e) {
      process.destroyForcibly();
      throw ended(e);
    }
  }

  /** The next line that is an answer; what a library prints beside it is passed over. */
  private String line() {
    try {
      String line = answers.readLine();
      while (line != null && !line.startsWith("{")) {
        line = answers.readLine();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IllegalStateException ended(Exception cause) {
    try {
      process.waitFor(5, TimeUnit.SECONDS);
      String status = process.isAlive() ? "runs on" : "ended with status " + process.exitValue();
      List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      return new IllegalStateException("the engine gives no answer and " + status + "; its last lines: "
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size())), cause);
    } catch (IOException | InterruptedException e) {
      return new IllegalStateException("the engine gives no answer", cause);
    }
  }

  /** It holds nothing that must be saved: engines that tidy up by themselves were seen to take long over it. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      Files.deleteIfExists(log);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("an engine was not ended", e);
    }
  }
}
