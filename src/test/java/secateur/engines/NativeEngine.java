package secateur.engines;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** {@code main LIBRARY FILE CONTEXT}: an engine that answers JSON lines, for a Java process of its own. */
public final class NativeEngine {
  private static final Gson GSON = new Gson();

  private final Library library;
  private final Path file;
  private final NativeModel model;
  private LlamaModel writer;

  private NativeEngine(Library library, Path file, int context) {
    this.library = library;
    this.file = file;
    model = new NativeModel(library, file, context);
  }

  /** The command that starts it. */
  static List<String> command(Library library, Path file, int context) {
    String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp", classPath,
        NativeEngine.class.getName(), library.name(), file.toAbsolutePath().toString(), Integer.toString(context));
  }

  /** Answers requests until standard input ends. */
  public static void main(String[] args) throws IOException {
    var engine = new NativeEngine(Library.valueOf(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println("{}");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(GSON.toJson(engine.answer(JsonParser.parseString(line).getAsJsonObject())));
    }
    Runtime.getRuntime().halt(0);   // the library's own threads are not waited for
  }

  private Map<String, ?> answer(JsonObject request) {
    try {
      return switch (request.get("do").getAsString()) {
        case "logits" -> Map.of("logits", logits(GSON.fromJson(request.get("ids"), int[].class)));
        case "perplexity" -> Map.of("perplexity", model.perplexity(GSON.fromJson(request.get("windows"), int[][].class)));
        case "tokenize" -> Map.of("ids", tokenize(GSON.fromJson(request.get("texts"), String[].class), request.get("special").getAsBoolean()));
        default -> Map.of("text", generate(request.get("prompt").getAsString(), request.get("tokens").getAsInt()));
      };
    } catch (RuntimeException e) {
      return Map.of("error", e.toString());
    }
  }

  private int[][] tokenize(String[] texts, boolean special) {
    return Arrays.stream(texts).map(text -> model.tokenize(text, special)).toArray(int[][]::new);
  }

  private String logits(int[] ids) {
    float[] all = model.logits(ids);
    var bytes = ByteBuffer.allocate(4 * all.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(all);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** By the Java face of de.kherud:llama. */
  private String generate(String prompt, int tokens) {
    if (writer == null) {
      System.setProperty("de.kherud.llama.lib.path", library.file().getParent().toString());
      writer = new LlamaModel(new ModelParameters().setModel(file.toString()).setThreads(2).setCtxSize(512));
    }
    return writer.complete(new InferenceParameters(prompt).setNPredict(tokens).setTemperature(0).setTopK(1).setCachePrompt(false));
  }
}
