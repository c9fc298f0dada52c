package secateur.course;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a cell in nbformat's form, whatever made them: what is no output is left out, and what would swell the
 * notebook is cut.
 */
public final class Outputs {

  /** Characters of one text, or of one picture. */
  static final int MOST = 1 << 20;
  /** Characters of all that one cell shows. */
  static final int MOST_OF_CELL = 1 << 22;
  /** Characters of a text that stays whole whatever else is shown: what is marked is short. */
  private static final int SHORT = 100;
  private static final String TYPE = "output_type";
  private static final String TEXT = "text/plain";
  private static final String CUT = "…";

  private final JsonArray kept = new JsonArray();
  private int left = MOST_OF_CELL;

  private Outputs() {}

  /** A copy of {@code shown} without what has no place in a notebook. */
  public static JsonArray of(JsonArray shown) {
    Outputs outputs = new Outputs();
    for (JsonElement each : shown) {
      if (each instanceof JsonObject output) {
        outputs.add(output);
      }
    }
    return outputs.kept;
  }

  private void add(JsonObject output) {
    JsonObject made = new JsonObject();
    made.addProperty(TYPE, string(output.get(TYPE)));
    switch (string(output.get(TYPE))) {
      case "stream" -> texts(output, made, "name", "text");
      case "error" -> {
        texts(output, made, "ename", "evalue");
        made.add("traceback", lines(output.get("traceback")));
      }
      case "display_data", "execute_result" -> {
        made.add("data", data(output.get("data")));
        made.add("metadata", output.get("metadata") instanceof JsonObject metadata && metadata.toString().length() < MOST ? metadata.deepCopy() : new JsonObject());
        if (output.get("execution_count") instanceof JsonPrimitive number && number.isNumber()) {
          made.add("execution_count", number);
        }
      }
      default -> {
        return;
      }
    }
    kept.add(made);
  }

  private void texts(JsonObject output, JsonObject made, String... names) {
    List.of(names).forEach(name -> made.addProperty(name, cut(string(output.get(name)))));
  }

  private JsonArray lines(JsonElement sent) {
    JsonArray lines = new JsonArray();
    if (sent instanceof JsonArray all) {
      all.forEach(line -> lines.add(cut(string(line))));
    }
    return lines;
  }

  /** Always with a text; other forms whole or not at all. */
  private JsonObject data(JsonElement sent) {
    JsonObject data = new JsonObject();
    Map<String, JsonElement> forms = sent instanceof JsonObject object ? object.asMap() : Map.of();
    data.addProperty(TEXT, cut(string(forms.get(TEXT))));
    forms.forEach((type, content) -> {
      String text = string(content);
      if (!type.equals(TEXT) && !text.isEmpty() && text.length() <= Math.min(left, MOST)) {
        data.addProperty(type, text);
        left -= text.length();
      }
    });
    return data;
  }

  private String cut(String text) {
    if (text.length() <= SHORT) {
      return text;
    }
    int length = Math.min(text.length(), Math.min(left, MOST));
    left -= length;
    return length < text.length() ? text.substring(0, length) + CUT : text;
  }

  private static String string(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString() ? primitive.getAsString() : "";
  }
}
