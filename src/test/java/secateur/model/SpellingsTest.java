package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Directories;
import secateur.Golden;
import secateur.file.Checkpoint;
import secateur.file.Json;
import secateur.file.SafetensorsWriter;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** The several ways in which the same model is written. */
class SpellingsTest {

  @TempDir
  private Path folder;

  private static void same(String name, Path other) {
    try (Llm expected = Golden.model(name); Llm actual = Llm.load(other.toString()); Scope scope = new Scope()) {
      long[][] ids = Golden.ids(name);
      assertThat(actual.forward(actual.ids(ids)).toByteBuffer()).isEqualTo(expected.forward(expected.ids(ids)).toByteBuffer());
    }
  }

  private static UnaryOperator<Map<String, NDArray>> named(UnaryOperator<String> change) {
    return tensors -> {
      Map<String, NDArray> renamed = new TreeMap<>();
      tensors.forEach((name, tensor) -> renamed.put(change.apply(name), tensor));
      return renamed;
    };
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void namesWithoutTheBasePrefix(String name) {
    String prefix = "^(model\\.decoder|model|transformer|gpt_neox)\\.";
    same(name, Directories.rewritten(name, folder, named(each -> each.replaceFirst(prefix, ""))));
  }

  private static Map<String, NDArray> with(Map<String, NDArray> tensors, String name, Shape shape) {
    tensors.put(name, Devices.manager().ones(shape));
    return tensors;
  }

  @Test
  void maskBuffersOfGpt2() {
    same("gpt2", Directories.rewritten("gpt2", folder, tensors ->
        with(with(tensors, "transformer.h.0.attn.bias", new Shape(1, 1, 128, 128)), "transformer.h.1.attn.masked_bias", new Shape())));
  }

  @Test
  void maskBuffersWithoutTheBasePrefix() {
    same("gpt2", Directories.rewritten("gpt2", folder, tensors -> with(with(named(each -> each.replace("transformer.", "")).apply(tensors),
        "h.0.attn.bias", new Shape(1, 1, 128, 128)), "h.1.attn.masked_bias", new Shape())));
  }

  @Test
  void rotaryBuffers() {
    same("llama", Directories.rewritten("llama", folder, tensors -> with(tensors, "model.layers.0.self_attn.rotary_emb.inv_freq", new Shape(8))));
    same("gpt_neox", Directories.rewritten("gpt_neox", folder, tensors -> with(with(tensors, "gpt_neox.layers.0.attention.bias",
        new Shape(1, 1, 128, 128)), "gpt_neox.layers.0.attention.rotary_emb.inv_freq", new Shape(2))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "falcon"})
  void ropeThetaOfTransformers4(String name) {
    same(name, Directories.configured(name, folder, config -> {
      JsonObject rope = config.remove("rope_parameters").getAsJsonObject();
      config.add("rope_theta", rope.get("rope_theta"));
      config.add("rope_scaling", null);
    }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "rope_type"})
  void ropeScalingOfTransformers4(String key) {
    same("llama3", Directories.configured("llama3", folder, config -> {
      JsonObject rope = config.remove("rope_parameters").getAsJsonObject();
      config.add("rope_theta", rope.remove("rope_theta"));
      rope.add(key, rope.remove("rope_type"));
      config.add("rope_scaling", rope);
    }));
  }

  @Test
  void rotaryPctOfTransformers4() {
    same("gpt_neox", Directories.configured("gpt_neox", folder, config -> {
      JsonObject rope = config.remove("rope_parameters").getAsJsonObject();
      config.add("rotary_pct", rope.get("partial_rotary_factor"));
      config.add("rotary_emb_base", rope.get("rope_theta"));
    }));
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void shardsEqualOneFile(String name) {
    Directories.configured(name, folder, config -> {});
    shard(folder);
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
    same(name, folder);
  }

  /** Splits model.safetensors in two. */
  private static void shard(Path directory) {
    Checkpoint whole = Checkpoint.open(directory);
    JsonObject map = new JsonObject();
    Map<Integer, Map<String, NDArray>> shards = Map.of(0, new TreeMap<>(), 1, new TreeMap<>());
    try (Scope scope = new Scope()) {
      for (String name : whole.names()) {
        int shard = map.size() % 2;
        shards.get(shard).put(name, whole.read(name));
        map.addProperty(name, "model-" + shard + ".safetensors");
      }
      shards.forEach((shard, tensors) -> SafetensorsWriter.write(directory.resolve("model-" + shard + ".safetensors"), tensors));
    }
    JsonObject index = new JsonObject();
    index.add("weight_map", map);
    Json.write(directory.resolve("model.safetensors.index.json"), index);
    directory.resolve("model.safetensors").toFile().delete();
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void float16(String name) {
    Directories.rewritten(name, folder, each -> converted(each, tensor -> tensor.toType(DataType.FLOAT16, false)));
    close(name, folder, Math.pow(2, -11));
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void bfloat16(String name) {
    Directories.configured(name, folder, config -> {});
    try (Scope scope = new Scope()) {
      Bfloat16.write(folder.resolve("model.safetensors"), Directories.tensors(name));
    }
    close(name, folder, Math.pow(2, -9));
  }

  private static Map<String, NDArray> converted(Map<String, NDArray> tensors, UnaryOperator<NDArray> change) {
    tensors.replaceAll((name, tensor) -> change.apply(tensor));
    return tensors;
  }

  /** Every weight is off by up to {@code precision} of itself; layers add up. */
  private static void close(String name, Path other, double precision) {
    try (Llm expected = Golden.model(name); Llm actual = Llm.load(other.toString()); Scope scope = new Scope()) {
      NDArray logits = expected.forward(expected.ids(Golden.ids(name)));
      double largest = logits.abs().max().getFloat();
      double difference = Golden.difference(logits, actual.forward(actual.ids(Golden.ids(name))));
      assertThat(difference).isPositive().isLessThan(8 * precision * largest);
    }
  }
}
