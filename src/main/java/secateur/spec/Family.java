package secateur.spec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The data file of one architecture, found by {@code model_type}. {@code like} names a file that it refines; each of its
 * {@code variants} is laid over it when the configuration says so.
 */
final class Family {

  private static final List<String> KNOWN =
      List.of("llama", "mistral", "qwen2", "qwen3", "gpt2", "opt", "bloom", "falcon", "gpt_neox");

  private Family() {}

  /** The family of {@code config} with its variants applied. */
  static JsonObject of(Config config) {
    String type = config.text("model_type")
        .orElseThrow(() -> new IllegalArgumentException("config.json has no model_type"));
    JsonObject family = read(type);
    family.getAsJsonArray("variants").asList().stream().map(JsonElement::getAsJsonObject)
        .filter(variant -> matches(config, variant.getAsJsonObject("when")))
        .forEach(variant -> overlay(family, variant.getAsJsonObject("set")));
    if (family.has("refused")) {
      throw new IllegalArgumentException(
          "this " + type + " model uses " + family.get("refused").getAsString() + ", which is not supported");
    }
    return family;
  }

  /** Those that GGUF has. */
  static List<String> inGguf() {
    return KNOWN.stream().filter(type -> read(type).has("gguf")).toList();
  }

  private static boolean matches(Config config, JsonObject when) {
    return when.entrySet().stream()
        .allMatch(each -> config.find(each.getKey()).filter(each.getValue()::equals).isPresent());
  }

  /** The {@code model_type} of the first family that GGUF calls {@code architecture}. */
  static String ofArchitecture(String architecture) {
    return inGguf().stream().filter(type -> read(type).getAsJsonObject("gguf").get("architecture").getAsString().equals(architecture)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("GGUF architecture '" + architecture + "' is not read here; those that are: "
            + String.join(", ", inGguf().stream().map(type -> read(type).getAsJsonObject("gguf").get("architecture").getAsString()).distinct().toList())));
  }

  static JsonObject read(String type) {
    try (InputStream in = type.matches("\\w+") ? Family.class.getResourceAsStream(type + ".json") : null) {
      if (in == null) {
        throw new IllegalArgumentException("architecture '" + type + "' is not known; known are " + String.join(", ", KNOWN));
      }
      JsonObject own = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8)).getAsJsonObject();
      return own.has("like") ? overlay(read(own.get("like").getAsString()), own) : own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lays {@code top} over {@code base}: objects merge, everything else replaces. */
  private static JsonObject overlay(JsonObject base, JsonObject top) {
    for (Map.Entry<String, JsonElement> each : top.entrySet()) {
      JsonElement below = base.get(each.getKey());
      if (below != null && below.isJsonObject() && each.getValue().isJsonObject()) {
        overlay(below.getAsJsonObject(), each.getValue().getAsJsonObject());
      } else {
        base.add(each.getKey(), each.getValue());
      }
    }
    return base;
  }
}
