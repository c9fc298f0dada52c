package secateur.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;

/** A {@code quantization_config}, or an object inside it, whose values are checked as they are read. */
final class QuantizationConfig {

  private final JsonObject json;

  QuantizationConfig(JsonElement json) {
    if (!json.isJsonObject()) {
      throw new IllegalArgumentException("config.json: quantization_config has " + json + " where an object is needed");
    }
    this.json = json.getAsJsonObject();
  }

  String text(String key, String otherwise) {
    JsonPrimitive value = primitive(key);
    return value == null ? otherwise : value.getAsString();
  }

  boolean flag(String key, boolean otherwise) {
    JsonPrimitive value = primitive(key);
    if (value != null && !value.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value == null ? otherwise : value.getAsBoolean();
  }

  int whole(String key, int otherwise) {
    JsonPrimitive value = primitive(key);
    if (value != null && (!value.isNumber() || value.getAsDouble() != value.getAsInt())) {
      throw wrong(key, "a whole number");
    }
    return value == null ? otherwise : value.getAsInt();
  }

  /** A whole number that is one of {@code allowed}. */
  int whole(String key, Collection<Integer> allowed) {
    int value = whole(key, -1);
    if (!allowed.contains(value)) {
      throw wrong(key, allowed.stream().sorted().toList().toString());
    }
    return value;
  }

  /** Whether {@code key} is missing, null, or an empty object or list. */
  boolean empty(String key) {
    JsonElement value = json.get(key);
    return value == null || value.isJsonNull() || value.isJsonObject() && value.getAsJsonObject().size() == 0
        || value.isJsonArray() && value.getAsJsonArray().isEmpty();
  }

  /** The object at {@code key}. */
  QuantizationConfig inside(String key) {
    if (empty(key)) {
      throw wrong(key, "an object");
    }
    return new QuantizationConfig(json.get(key));
  }

  Collection<String> keys() {
    return json.keySet();
  }

  IllegalArgumentException wrong(String key, String allowed) {
    return new IllegalArgumentException("config.json: " + key + " of quantization_config is " + json.get(key) + ", allowed: " + allowed);
  }

  private JsonPrimitive primitive(String key) {
    JsonElement value = json.get(key);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive()) {
      throw wrong(key, "a single value");
    }
    return value.getAsJsonPrimitive();
  }
}
