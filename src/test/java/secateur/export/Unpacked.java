package secateur.export;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import secateur.file.Checkpoint;
import secateur.file.Json;
import secateur.tensor.Scope;

/** The weights of a directory, unpacked one by one and bit by bit as its layout is documented. */
final class Unpacked {

  private final Checkpoint checkpoint;
  private final JsonObject config;

  Unpacked(Path directory) {
    this.checkpoint = Checkpoint.open(directory);
    this.config = Json.read(directory.resolve("config.json")).getAsJsonObject("quantization_config");
  }

  /** (out, in), row by row, in float32. */
  float[] weight(String module) {
    return switch (config.get("quant_method").getAsString()) {
      case "gptq" -> gptq(module);
      case "awq" -> awq(module);
      case "compressed-tensors" -> packQuantized(module);
      default -> bitsAndBytes(module);
    };
  }

  /** {@code bits} bits from bit {@code from} of the words at {@code first}, {@code first + step}, … */
  private static int field(int[] words, int first, int step, int from, int bits) {
    int value = 0;
    for (int b = from; b < from + bits; b++) {
      value |= (words[first + b / 32 * step] >>> b % 32 & 1) << b - from;
    }
    return value;
  }

  private float[] gptq(String module) {
    int bits = config.get("bits").getAsInt();
    int more = config.get("checkpoint_format").getAsString().equals("gptq") ? 1 : 0;
    int[] weights = ints(module + ".qweight");
    int[] zeros = ints(module + ".qzeros");
    int[] groups = ints(module + ".g_idx");
    float[] scales = floats(module + ".scales");
    int in = groups.length;
    int out = (int) checkpoint.shape(module + ".scales").get(1);
    int width = (int) checkpoint.shape(module + ".qzeros").get(1);
    float[] w = new float[out * in];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        int zero = field(zeros, groups[i] * width, 1, o * bits, bits) + more;
        w[o * in + i] = (field(weights, o, out, i * bits, bits) - zero) * scales[groups[i] * out + o];
      }
    }
    return w;
  }

  private float[] awq(String module) {
    int[] shift = {0, 16, 4, 20, 8, 24, 12, 28}; // of columns 0, 1, 2, … of a word
    int[] weights = ints(module + ".qweight");
    int[] zeros = ints(module + ".qzeros");
    float[] scales = floats(module + ".scales");
    int in = (int) checkpoint.shape(module + ".qweight").get(0);
    int out = (int) checkpoint.shape(module + ".scales").get(1);
    int size = config.get("group_size").getAsInt() < 0 ? in : config.get("group_size").getAsInt();
    float[] w = new float[out * in];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        int code = weights[i * out / 8 + o / 8] >> shift[o % 8] & 15;
        int zero = zeros[i / size * out / 8 + o / 8] >> shift[o % 8] & 15;
        w[o * in + i] = (code - zero) * scales[i / size * out + o];
      }
    }
    return w;
  }

  private float[] packQuantized(String module) {
    JsonObject says = config.getAsJsonObject("config_groups").getAsJsonObject("group_0").getAsJsonObject("weights");
    int bits = says.get("num_bits").getAsInt();
    int middle = 1 << bits - 1;
    int[] words = ints(module + ".weight_packed");
    int out = (int) longs(module + ".weight_shape")[0];
    int in = (int) longs(module + ".weight_shape")[1];
    float[] scales = floats(module + ".weight_scale");
    int count = scales.length / out;
    int[] groups = checkpoint.names().contains(module + ".weight_g_idx") ? ints(module + ".weight_g_idx") : null;
    int[] zeros = says.get("symmetric").getAsBoolean() ? null : ints(module + ".weight_zero_point");
    float[] w = new float[out * in];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        int g = groups == null ? i * count / in : groups[i];
        int code = field(words, o * (words.length / out), 1, i * bits, bits) - middle; // signed
        int zero = zeros == null ? 0 : field(zeros, g, count, o * bits, bits) - middle;
        w[o * in + i] = (code - zero) * scales[o * count + g];
      }
    }
    return w;
  }

  private float[] bitsAndBytes(String module) {
    String type = config.get("bnb_4bit_quant_type").getAsString();
    int[] packed = bytes(module + ".weight");
    float[] map = floats(module + ".weight.quant_map");
    int[] state = bytes(module + ".weight.quant_state.bitsandbytes__" + type);
    byte[] text = new byte[state.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) state[i];
    }
    JsonObject json = JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
    int count = json.getAsJsonArray("shape").get(0).getAsInt() * json.getAsJsonArray("shape").get(1).getAsInt();
    float[] absmax = config.get("bnb_4bit_use_double_quant").getAsBoolean() ? nested(module, json) : floats(module + ".weight.absmax");
    float[] w = new float[count];
    for (int i = 0; i < count; i++) {
      w[i] = map[i % 2 == 0 ? packed[i / 2] / 16 : packed[i / 2] % 16] * absmax[i / json.get("blocksize").getAsInt()];
    }
    return w;
  }

  private float[] nested(String module, JsonObject json) {
    int[] codes = bytes(module + ".weight.absmax");
    float[] map = floats(module + ".weight.nested_quant_map");
    float[] outer = floats(module + ".weight.nested_absmax");
    float[] absmax = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      absmax[i] = map[codes[i]] * outer[i / json.get("nested_blocksize").getAsInt()] + json.get("nested_offset").getAsFloat();
    }
    return absmax;
  }

  private int[] ints(String name) {
    try (Scope scope = new Scope()) {
      return checkpoint.read(name).toIntArray();
    }
  }

  private int[] bytes(String name) {
    try (Scope scope = new Scope()) {
      return checkpoint.read(name).toUint8Array();
    }
  }

  private long[] longs(String name) {
    try (Scope scope = new Scope()) {
      return checkpoint.read(name).toLongArray();
    }
  }

  private float[] floats(String name) {
    try (Scope scope = new Scope()) {
      return checkpoint.read(name).toType(ai.djl.ndarray.types.DataType.FLOAT32, false).toFloatArray();
    }
  }
}
