package secateur.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import secateur.file.Checkpoint;
import secateur.file.Json;
import secateur.tensor.Scope;

/** What bitsandbytes stores of a 4-bit layer as the bytes of a JSON object. */
final class QuantState {

  private static final double NEAR = 1e-6; // tables are computed in float32 there
  private static final int MOST = 1 << 16;

  private final String tensor;
  private final JsonObject json;

  /** That of {@code module}, whose codes are of {@code type}: {@code nf4} or {@code fp4}. */
  QuantState(Checkpoint checkpoint, String module, String type) {
    this.tensor = module + ".weight.quant_state.bitsandbytes__" + type;
    if (!checkpoint.names().contains(tensor)) {
      throw new IllegalArgumentException("no tensor '" + tensor + "' in the checkpoint");
    }
    Shape shape = checkpoint.shape(tensor);
    if (checkpoint.type(tensor).type() != DataType.UINT8 || shape.dimension() != 1 || shape.size() > MOST) {
      throw wrong("is " + checkpoint.type(tensor) + " " + shape + ", expected at most " + MOST + " bytes");
    }
    try (Scope scope = new Scope()) {
      ByteBuffer bytes = checkpoint.read(tensor).toByteBuffer();
      this.json = Json.parse(Path.of(tensor), StandardCharsets.UTF_8.decode(bytes).toString());
    }
  }

  /** (out, in). */
  Shape shape() {
    try {
      return new Shape(json.getAsJsonArray("shape").asList().stream().mapToLong(JsonElement::getAsLong).toArray());
    } catch (NullPointerException | ClassCastException | IllegalStateException | NumberFormatException e) {
      throw wrong("has the shape " + json.get("shape") + ", out and in are needed");
    }
  }

  /** Refuses other shapes, and other blocks than are read here. */
  void check(Shape wanted) {
    if (!shape().equals(wanted)) {
      throw wrong("says " + shape() + ", the configuration wants " + wanted);
    }
    if (number("blocksize", Codebook.BLOCK) != Codebook.BLOCK || number("nested_blocksize", Absmax.Doubled.BLOCK) != Absmax.Doubled.BLOCK) {
      throw wrong("has blocks of " + json.get("blocksize") + " and " + json.get("nested_blocksize") + ", allowed are " + Codebook.BLOCK
          + " and " + Absmax.Doubled.BLOCK);
    }
  }

  /** What is added to nested numbers. */
  float offset() {
    if (!json.has("nested_offset")) {
      throw wrong("has no nested_offset");
    }
    return (float) number("nested_offset", 0);
  }

  /** What unpacked weights are stored as: float32 where they were, otherwise float16. */
  DataType dtype() {
    return json.has("dtype") && json.get("dtype").toString().contains("float32") ? DataType.FLOAT32 : DataType.FLOAT16;
  }

  private double number(String key, double otherwise) {
    JsonElement value = json.get(key);
    if (value == null || value.isJsonNull()) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw wrong("has the " + key + " " + value + ", a number is needed");
    }
    return value.getAsDouble();
  }

  /** Refuses a table {@code name} of other levels than {@code wanted}. */
  static void checkMap(Checkpoint checkpoint, String name, float[] wanted) {
    float[] there = QuantizedFile.checked(checkpoint, name, DataType.FLOAT32, new Shape(wanted.length)).toFloatArray();
    for (int i = 0; i < wanted.length; i++) {
      if (!(Math.abs(there[i] - wanted[i]) <= NEAR)) {
        throw new IllegalArgumentException("tensor '" + name + "' has " + there[i] + " for code " + i + ", expected " + wanted[i]);
      }
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("tensor '" + tensor + "' " + what);
  }
}
