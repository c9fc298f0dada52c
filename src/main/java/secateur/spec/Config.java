package secateur.spec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/** A model's {@code config.json}, read through lists of alternatives: keys, {@code "=text"}, or plain numbers. */
final class Config {

  private final JsonObject json;

  Config(JsonObject json) {
    this.json = json;
  }

  /** The value at {@code path}, whose steps are separated by dots; empty where it is missing or null. */
  Optional<JsonElement> find(String path) {
    JsonElement at = json;
    for (String step : path.split("\\.")) {
      if (at == null || !at.isJsonObject()) {
        return Optional.empty();
      }
      at = at.getAsJsonObject().get(step);
    }
    return Optional.ofNullable(at).filter(value -> !value.isJsonNull());
  }

  /** The first of {@code alternatives} that is there. */
  Optional<JsonPrimitive> first(JsonElement alternatives) {
    if (alternatives == null || alternatives.isJsonNull()) {
      return Optional.empty();
    }
    for (JsonElement each : (JsonArray) alternatives) {
      Optional<JsonElement> value = value(each.getAsJsonPrimitive());
      if (value.isPresent()) {
        return value.map(JsonElement::getAsJsonPrimitive);
      }
    }
    return Optional.empty();
  }

  private Optional<JsonElement> value(JsonPrimitive alternative) {
    if (alternative.isNumber()) {
      return Optional.of(alternative);
    }
    String text = alternative.getAsString();
    return text.startsWith("=") ? Optional.of(new JsonPrimitive(text.substring(1))) : find(text);
  }

  /** A positive whole number. */
  int whole(JsonElement alternatives) {
    JsonPrimitive value = required(alternatives);
    if (!value.isNumber() || value.getAsDouble() != Math.rint(value.getAsDouble()) || value.getAsInt() < 1) {
      throw new IllegalArgumentException("config.json: " + alternatives + " is " + value + ", a positive whole number is needed");
    }
    return value.getAsInt();
  }

  JsonPrimitive required(JsonElement alternatives) {
    return first(alternatives)
        .orElseThrow(() -> new IllegalArgumentException("config.json has none of " + alternatives));
  }

  double number(String path, double otherwise) {
    return find(path).map(JsonElement::getAsDouble).orElse(otherwise);
  }

  boolean flag(String path, boolean otherwise) {
    return find(path).map(JsonElement::getAsBoolean).orElse(otherwise);
  }
}
