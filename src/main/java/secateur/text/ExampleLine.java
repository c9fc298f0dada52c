package secateur.text;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** An example as a line of JSON. */
final class ExampleLine {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private ExampleLine() {}

  /** The example in {@code line}; an error begins with {@code place}. */
  static Example read(String line, String place) {
    JsonObject fields = object(line, place);
    boolean asked = fields.has("question");
    String prompt = text(fields, asked ? "question" : "prompt", place);
    String response = text(fields, asked ? "answer" : "response", place);
    String rationale = fields.has("rationale") ? text(fields, "rationale", place) : "";
    try {
      return new Example(prompt, rationale, response, level(fields));
    } catch (IllegalArgumentException | UnsupportedOperationException | IllegalStateException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  /** {@code example} as {@link #read} reads it. */
  static String write(Example example) {
    boolean reasoned = !example.rationale().isEmpty();
    JsonObject fields = new JsonObject();
    fields.addProperty(reasoned ? "question" : "prompt", example.prompt());
    if (reasoned) {
      fields.addProperty("rationale", example.rationale());
    }
    fields.addProperty(reasoned ? "answer" : "response", example.response());
    if (example.level() > 0) {
      fields.addProperty("level", example.level());
    }
    return GSON.toJson(fields);
  }

  /** The JSON object that is all of {@code line}. */
  static JsonObject object(String line, String place) {
    try (JsonReader in = new JsonReader(new StringReader(line))) {
      JsonObject object = GSON.getAdapter(JsonObject.class).read(in);
      if (in.peek() == JsonToken.END_DOCUMENT) {
        return object;
      }
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(place + " is not a JSON object of its own", e);
    }
    throw new IllegalArgumentException(place + " is not a JSON object of its own");
  }

  /** The string {@code name}; an error where it is missing or something else. */
  static String text(JsonObject fields, String name, String place) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new IllegalArgumentException(place + " has no string '" + name + "'; its fields are " + fields.keySet());
    }
    return value.getAsString();
  }

  private static int level(JsonObject fields) {
    return fields.has("level") ? fields.get("level").getAsInt() : 0;
  }
}
