package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.Living;
import secateur.file.Json;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.quantize.Gptq;
import secateur.quantize.Nf4;
import secateur.quantize.Rtn;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** Directories whose tensors and configuration do not fit: an error that names the tensor, and no array left over. */
class PackedLayoutErrorsTest {

  private static final String LAYER = "model.layers.1.mlp.down_proj";
  private static final Windows TEXT = Windows.of(new long[][] {{3, 1, 4, 1, 5, 9, 2, 6}});

  @TempDir
  private Path folder;
  private Path from;
  private final List<Runnable> refused = new ArrayList<>();

  private void save(Method method, Format layout) {
    from = folder.resolve("from");
    try (Llm model = Halves.golden("qwen2", folder); Llm made = method.apply(model, TEXT)) {
      layout.save(made, from);
    }
  }

  private void refused(Consumer<Map<String, NDArray>> tensors, Consumer<JsonObject> config, String... words) {
    Path to = folder.resolve("to" + refused.size());
    JsonObject json = Json.read(from.resolve("config.json"));
    config.accept(json.getAsJsonObject("quantization_config"));
    Json.write(to.resolve("config.json"), json);
    try (Scope scope = new Scope()) {
      Safetensors file = Safetensors.open(from.resolve("model.safetensors"));
      Map<String, NDArray> all = new TreeMap<>();
      file.entries().keySet().forEach(name -> all.put(name, file.read(name)));
      tensors.accept(all);
      SafetensorsWriter.write(to.resolve("model.safetensors"), all);
    }
    refused.add(() -> refusedOnce(to, words));
    refusedOnce(to, words);
  }

  @AfterEach
  void noneLeavesArraysOver() {
    Living before = Living.settled();
    for (int i = 0; i < 3; i++) {
      refused.forEach(Runnable::run);
    }
    Living after = Living.settled(); // closed arrays that an earlier frame still named may be gone
    assertThat(after.arrays()).isLessThanOrEqualTo(before.arrays());
    assertThat(after.bytes()).isEqualTo(before.bytes());
  }

  private static void refusedOnce(Path to, String... words) {
    assertThatThrownBy(() -> Llm.load(to.toString())).isInstanceOf(RuntimeException.class).hasMessageContainingAll(words);
  }

  private void changed(String part, UnaryOperator<NDArray> change, String... words) {
    refused(all -> {
      assertThat(all).containsKey(LAYER + part);
      NDArray made = change.apply(all.remove(LAYER + part));
      if (made != null) {
        all.put(LAYER + part, made);
      }
    }, config -> { }, words);
  }

  private static NDArray set(NDArray old, String at, int value) {
    NDArray changed = old.duplicate();
    changed.set(new NDIndex(at), value);
    return changed;
  }

  @Test
  void gptq() {
    save(new Gptq(4).group(32).actOrder(), GptqLayout.v1());
    changed(".qweight", old -> old.get("1:").duplicate(), LAYER + ".qweight", "(19, 64)", "(20, 64)");
    changed(".qweight", old -> old.toType(DataType.INT64, false), ".qweight", "I64");
    changed(".qzeros", old -> null, "no tensor '" + LAYER + ".qzeros'");
    changed(".qzeros", old -> set(old, "0, 0", 0x77F77777), LAYER + ".qzeros", "all ones", "gptq_v2");
    changed(".scales", old -> null, "no tensor '" + LAYER + ".scales'");
    changed(".scales", NDArray::flatten, ".scales", "(320)", "(5, 64)");
    changed(".scales", old -> old.toType(DataType.INT32, false), ".scales", "floating-point");
    changed(".g_idx", old -> set(old, "7", 5), LAYER + ".g_idx", "group 5 of 5");
    changed(".g_idx", old -> set(old, "7", -1), LAYER + ".g_idx", "group -1 of 5");
    changed(".g_idx", old -> old.get("1:").duplicate(), ".g_idx", "(159)");
    refused(all -> { }, config -> config.addProperty("bits", 8), ".qweight", "expected");
    refused(all -> { }, config -> config.addProperty("group_size", 48), "64 inputs, which groups of 48 do not divide");
    refused(all -> { }, config -> config.addProperty("group_size", -1), ".qzeros", "(1, 8)");
  }

  @Test
  void awq() {
    save(new Rtn(4).group(32), new AwqLayout());
    changed(".qweight", old -> old.get("1:").duplicate(), LAYER + ".qweight", "(159, 8)", "(160, 8)");
    changed(".qzeros", old -> null, "no tensor '" + LAYER + ".qzeros'");
    changed(".scales", old -> old.get(":, 1:").duplicate(), ".scales", "(5, 63)");
    refused(all -> { }, config -> config.addProperty("group_size", 16), ".qzeros", "expected");
  }

  @Test
  void packQuantized() {
    save(new Gptq(4).group(32).actOrder(), new PackQuantizedLayout());
    changed(".weight_packed", old -> old.get(":, 1:").duplicate(), LAYER + ".weight_packed", "(64, 19)", "(64, 20)");
    changed(".weight_shape", old -> Devices.manager().create(new long[] {64, 152}), ".weight_shape", "[64, 152]", "(64, 160)");
    changed(".weight_shape", old -> null, "no tensor", ".weight_shape");
    changed(".weight_scale", old -> old.transpose().duplicate(), ".weight_scale", "(5, 64)", "(64, 5)");
    changed(".weight_zero_point", old -> null, "no tensor", ".weight_zero_point");
    changed(".weight_g_idx", old -> set(old, "0", 99), ".weight_g_idx", "group 99 of 5");
  }

  private static UnaryOperator<NDArray> text(UnaryOperator<String> change) {
    return old -> {
      int[] values = old.toUint8Array();
      byte[] bytes = change.apply(new String(values, 0, values.length)).getBytes(StandardCharsets.UTF_8);
      return Devices.manager().create(bytes).toType(DataType.UINT8, false);
    };
  }

  @Test
  void bitsAndBytes() {
    save(new Nf4(), new BitsAndBytesLayout());
    String state = ".weight.quant_state.bitsandbytes__nf4";
    changed(".weight", old -> old.get("1:").duplicate(), LAYER + ".weight", "(5119, 1)", "(5120, 1)");
    changed(".weight.absmax", old -> null, "no tensor", ".weight.absmax");
    changed(".weight.absmax", old -> old.toType(DataType.FLOAT32, false), ".weight.absmax", "F32", "uint8");
    changed(".weight.nested_absmax", old -> null, ".weight.absmax", "U8", "float32");
    changed(".weight.nested_quant_map", old -> old.mul(2), ".weight.nested_quant_map", "for code 0, expected");
    changed(".weight.quant_map", old -> old.mul(0.99), ".weight.quant_map", "for code 0, expected -1.0");
    changed(state, text(all -> all.replace("64,160", "160,64")), LAYER + state, "(160, 64)", "(64, 160)");
    changed(state, text(all -> all.replace("\"blocksize\":64", "\"blocksize\":128")), state, "blocks of 128 and 256, allowed are 64 and 256");
    changed(state, text(all -> all.replace("nested_offset", "offset")), state, "no nested_offset");
    changed(state, text(all -> all.replace("[64,160]", "\"large\"")), state, "shape");
    changed(state, text(all -> "{" + all), state, "no valid JSON");
    changed(state, old -> old.toType(DataType.INT32, false), state, "I32");
    changed(state, text(all -> all + " ".repeat(70_000)), state, "at most 65536 bytes");
  }

  @Test
  void layersThatAreLeftPlainAreRead() {
    save(new Rtn(4).group(32), GptqLayout.v2());
    try (Llm back = Llm.load(from.toString())) {
      Path to = folder.resolve("to");
      Json.write(to.resolve("config.json"), Json.read(from.resolve("config.json")));
      try (Scope scope = new Scope()) {
        Safetensors file = Safetensors.open(from.resolve("model.safetensors"));
        Map<String, NDArray> all = new TreeMap<>();
        file.entries().keySet().stream().filter(name -> !name.startsWith(LAYER)).forEach(name -> all.put(name, file.read(name)));
        all.put(LAYER + ".weight", back.layer("1.down").weight());
        SafetensorsWriter.write(to.resolve("model.safetensors"), all);
      }
      try (Llm mixed = Llm.load(to.toString())) {
        assertThat(mixed.layer("1.down")).isInstanceOf(secateur.model.Dense.class);
        try (Scope scope = new Scope()) {
          assertThat(mixed.layer("1.down").weight()).isEqualTo(back.layer("1.down").weight());
          assertThat(mixed.layer("0.down").weight()).isEqualTo(back.layer("0.down").weight());
          NDArray ids = back.ids(TEXT.ids(null));
          assertThat(Golden.difference(mixed.forward(ids), back.forward(ids))).isLessThan(1e-2); // few tokens: codes are multiplied in bfloat16
        }
      }
    }
  }
}
