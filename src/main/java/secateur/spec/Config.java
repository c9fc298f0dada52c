package secateur.spec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.stream.IntStream;

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
        return value.map(found -> single(each.getAsString(), found));
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

  JsonPrimitive required(JsonElement alternatives) {
    return first(alternatives)
        .orElseThrow(() -> new IllegalArgumentException("config.json has none of " + alternatives));
  }

  JsonObject json() {
    return json;
  }

  /** Sets those of {@code alternatives} that are there. */
  void set(JsonElement alternatives, int value) {
    for (JsonElement each : (JsonArray) alternatives) {
      if (!each.getAsJsonPrimitive().isNumber() && find(each.getAsString()).isPresent()) {
        json.addProperty(each.getAsString(), value);
      }
    }
  }

  /** Keeps {@code places} of the list {@code key}, where there is one. */
  void select(String key, int[] places) {
    if (json.get(key) instanceof JsonArray all) {
      JsonArray kept = new JsonArray();
      IntStream.of(places).forEach(place -> kept.add(all.get(place)));
      json.add(key, kept);
    }
  }

  /** A positive whole number. */
  int whole(JsonElement alternatives) {
    return whole(alternatives.toString(), required(alternatives));
  }

  /** A positive whole number. */
  int whole(String path, int otherwise) {
    return find(path).map(value -> whole(path, single(path, value))).orElse(otherwise);
  }

  double number(JsonElement alternatives) {
    return number(alternatives.toString(), required(alternatives));
  }

  double number(String path, double otherwise) {
    return find(path).map(value -> number(path, single(path, value))).orElse(otherwise);
  }

  /** A list of numbers; none where it is missing. */
  double[] numbers(String path) {
    JsonElement list = find(path).orElseGet(JsonArray::new);
    if (!list.isJsonArray()) {
      throw new IllegalArgumentException("config.json: " + path + " is " + list + ", a list of numbers is needed");
    }
    return list.getAsJsonArray().asList().stream().mapToDouble(each -> number(path, single(path, each))).toArray();
  }

  boolean flag(String path, boolean otherwise) {
    return find(path).map(value -> single(path, value).getAsBoolean()).orElse(otherwise);
  }

  Optional<String> text(String path) {
    return find(path).map(value -> single(path, value).getAsString());
  }

  private static int whole(String name, JsonPrimitive value) {
    double number = number(name, value);
    if (number != Math.rint(number) || number < 1 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("config.json: " + name + " is " + value + ", a positive whole number is needed");
    }
    return (int) number;
  }

  private static double number(String name, JsonPrimitive value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("config.json: " + name + " is " + value + ", a number is needed");
    }
    return value.getAsDouble();
  }

  private static JsonPrimitive single(String name, JsonElement value) {
    if (!value.isJsonPrimitive()) {
      throw new IllegalArgumentException("config.json: " + name + " is " + value + ", a single value is needed");
    }
    return value.getAsJsonPrimitive();
  }
}
