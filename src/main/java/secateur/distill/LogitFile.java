package secateur.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import secateur.file.DiskSpace;
import secateur.file.MalformedFileException;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.tensor.Divergences;
import secateur.tensor.Memory;
import secateur.tensor.Optimizer;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Tokenizer;

/**
 * The file of {@link StoredLogits}, in safetensors: {@code ids} (windows, T + 1) int64, for each window w {@code places/w} (T, k) int32
 * and {@code labels/w} (T, k + 1) float16, the logarithms of p at these places and of the rest, and {@code about}, a JSON text in UTF-8.
 */
final class LogitFile {

  static final String PLACES = "places/";
  static final String LABELS = "labels/";
  private static final String IDS = "ids";
  private static final String ABOUT = "about";
  private static final int TOGETHER = 8;
  private static final int PLACE = 6; // bytes of an int32 and a float16
  private static final int DIGITS = 12;

  private LogitFile() {}

  /**
   * Whose it is.
   *
   * @param teacher its name
   * @param weights hash of its configuration and of the first row of each of its layers
   * @param tokenizer hash of its tokenizer, or empty
   * @param text hash of the ids
   * @param vocabulary how many tokens p is of: without padding, where there is a tokenizer
   */
  record About(String teacher, String weights, String tokenizer, String text, long vocabulary, StoredLogits.Top top) {

    static About of(Llm model, long[][] ids, StoredLogits.Top top) {
      Tokenizer tokenizer = model.tokenizerOrNull();
      long size = tokenizer == null ? model.head().rows() : Math.min(model.head().rows(), tokenizer.size());
      if (top.k() >= size) {
        throw new IllegalArgumentException("the " + top.k() + " likeliest of " + size + " tokens, allowed are fewer than there are");
      }
      String text = hash(digest -> digest.update(Arrays.deepToString(ids).getBytes(StandardCharsets.UTF_8)));
      return new About(model.name(), LogitFile.weights(model), tokenizer == null ? "" : tokenizer.hash(), text, size, top);
    }

    static About read(String json) {
      JsonObject all = JsonParser.parseString(json).getAsJsonObject();
      return new About(all.get("teacher").getAsString(), all.get("weights").getAsString(), all.get("tokenizer").getAsString(),
          all.get("text").getAsString(), all.get("vocabulary").getAsLong(),
          new StoredLogits.Top(all.get("k").getAsInt(), all.get("temperature").getAsDouble()));
    }

    String json() {
      JsonObject all = new JsonObject();
      all.addProperty("teacher", teacher);
      all.addProperty("weights", weights);
      all.addProperty("tokenizer", tokenizer);
      all.addProperty("text", text);
      all.addProperty("vocabulary", vocabulary);
      all.addProperty("k", top.k());
      all.addProperty("temperature", top.temperature());
      return all.toString();
    }

    @Override
    public String toString() {
      return top + " of " + vocabulary + " tokens by " + teacher + " (weights " + weights + ", tokenizer " + tokenizer + ") on text " + text;
    }
  }

  static void write(Llm teacher, long[][] ids, About about, Path file) {
    long bytes = (long) ids.length * (ids[0].length - 1) * (PLACE * about.top().k() + 2L);
    Memory.checkHost("what " + teacher.name() + " thinks of " + ids.length + " windows", bytes);
    DiskSpace.check(file, bytes);
    try (Scope scope = new Scope(); Progress progress = Progress.of("asking " + teacher.name(), (ids.length + TOGETHER - 1) / TOGETHER)) {
      Map<String, NDArray> tensors = new HashMap<>();
      tensors.put(ABOUT, Devices.hostManager().create(about.json().getBytes(StandardCharsets.UTF_8)).toType(DataType.UINT8, false));
      tensors.put(IDS, Devices.hostManager().create(Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray(), new Shape(ids.length, ids[0].length)));
      for (int from = 0; from < ids.length; from += TOGETHER) {
        ask(teacher, Arrays.copyOfRange(ids, from, Math.min(ids.length, from + TOGETHER)), about, new Rows(tensors, from));
        progress.step();
      }
      SafetensorsWriter.write(file, tensors);
    }
  }

  /** Where the answers to windows from {@code first} on go. */
  private record Rows(Map<String, NDArray> tensors, int first) {

    void put(String what, NDArray answers) {
      for (int i = 0; i < answers.getShape().get(0); i++) {
        NDArray own = Devices.hostManager().create(answers.getShape().slice(1), answers.getDataType());
        Optimizer.overwrite(own, answers.get(i));
        tensors.put(what + (first + i), own);
      }
    }
  }

  private static void ask(Llm teacher, long[][] ids, About about, Rows rows) {
    try (Scope scope = new Scope()) {
      NDArray logits = new OpenTeacher(teacher).logits(ids, about.vocabulary());
      NDArray places = Divergences.top(logits, about.top().temperature(), about.top().k()).get(1);
      rows.put(PLACES, places.toType(DataType.INT32, false));
      rows.put(LABELS, Divergences.folded(logits, places, about.top().temperature()).toType(DataType.FLOAT16, false));
      rows.tensors().values().forEach(scope::keep);
    }
  }

  static About about(Path file, Safetensors stored) {
    if (!stored.entries().containsKey(ABOUT) || !stored.entries().containsKey(IDS)) {
      throw new MalformedFileException(file, "it holds no logits of a teacher: 'about' and 'ids' are missing");
    }
    try (NDArray text = stored.read(ABOUT)) {
      return About.read(StandardCharsets.UTF_8.decode(text.toByteBuffer()).toString());
    } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
      throw new MalformedFileException(file, "'about' does not say whose logits it holds");
    }
  }

  static long[][] ids(Safetensors stored) {
    try (NDArray ids = stored.read(IDS)) {
      int width = (int) ids.getShape().get(1);
      long[] flat = ids.toLongArray();
      long[][] rows = new long[flat.length / width][];
      Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
      return rows;
    }
  }

  private static String weights(Llm model) {
    return hash(digest -> {
      digest.update(model.spec().config().toString().getBytes(StandardCharsets.UTF_8));
      model.layers().values().forEach(layer -> digest.update(firstRow(layer)));
      digest.update(firstRow(model.head()));
    });
  }

  private static byte[] firstRow(Linear layer) {
    try (Scope scope = new Scope()) {
      return Arrays.toString(layer.weight().get(0).toType(DataType.FLOAT32, false).toFloatArray()).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String hash(java.util.function.Consumer<MessageDigest> feed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      feed.accept(digest);
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
