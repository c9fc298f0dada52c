package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.Living;
import secateur.file.Json;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.method.Method;
import secateur.model.Adapted;
import secateur.model.Llm;
import secateur.prune.PruneNeurons;
import secateur.prune.Recover;
import secateur.prune.Wanda;
import secateur.quantize.Nf4;
import secateur.quantize.QLora;
import secateur.tensor.Scope;
import secateur.train.Adapters;
import secateur.train.Lora;

/** An adapter is trained, kept, written, and put beside its base again. */
class PeftLayoutTest {

  private static final long[] IDS = {3, 1, 4, 1, 5, 9};

  @TempDir
  private Path folder;

  private static List<Method> methods() {
    Recover recover = new Recover(3).batch(1).rate(1e-2).unmerged();
    return List.of(recover, recover.lora(new Lora(3).alpha(6)), new PruneNeurons(0.4).then(recover), new Nf4().then(recover),
        new QLora(3).lora(new Lora(4)).batch(1));
  }

  private static double difference(Llm a, Llm b) {
    try (Scope scope = new Scope()) {
      return Golden.difference(a.forward(a.ids(new long[][] {IDS})), b.forward(b.ids(new long[][] {IDS})));
    }
  }

  @Test
  void theBaseAndTheAdapterMakeTheModelAgain() {
    for (String name : List.of("llama", "gpt2")) {
      for (Method method : methods()) {
        Path to = folder.resolve(name + " " + method);
        try (Llm model = Golden.model(name); Llm made = method.apply(model, Golden.windows(name)); Llm base = Adapters.unmerge(made)) {
          Written written = new PeftLayout().save(made, to.resolve("adapter"));
          assertThat(written.tensors()).hasSize(2 * made.layers().size()).allMatch(tensor -> tensor.type().equals("F32"));
          assertThat(written.tensors()).anyMatch(tensor -> tensor.name().matches("base_model.model..*\\.lora_A\\.weight"));
          new HuggingFaceLayout().save(base, to.resolve("base"));
          try (Llm loaded = Llm.load(to.resolve("base").toString()); Llm back = Adapters.load(loaded, to.resolve("adapter"))) {
            assertThat(back.layers().values()).hasOnlyElementsOfType(Adapted.class);
            assertThat(difference(back, made)).as("%s", method).isLessThan(1e-5);
            assertThat(difference(loaded, made)).as("%s", method).isGreaterThan(1e-3);
          }
        }
      }
    }
  }

  @Test
  void whatTheConfigurationSays() {
    try (Llm model = Golden.model("gpt2"); Llm made = new Recover(1).batch(1).lora(new Lora(3).alpha(6)).unmerged().apply(model, Golden.windows("gpt2"))) {
      new PeftLayout().save(made, folder);
      JsonObject config = Json.read(folder.resolve("adapter_config.json"));
      assertThat(config.get("peft_type").getAsString()).isEqualTo("LORA");
      assertThat(config.get("task_type").getAsString()).isEqualTo("CAUSAL_LM");
      assertThat(config.get("base_model_name_or_path").getAsString()).isEqualTo(model.name());
      assertThat(config.get("r").getAsInt()).isEqualTo(3);
      assertThat(config.get("lora_alpha").getAsDouble()).isEqualTo(6);
      assertThat(config.get("bias").getAsString()).isEqualTo("none");
      assertThat(config.get("fan_in_fan_out").getAsBoolean()).isTrue();
    }
  }

  @Test
  void mergedUnlessToldOtherwise() {
    Recover recover = new Recover(2).batch(1);
    assertThat(recover.unmerged()).hasToString("LoRA recovery 2 steps unmerged");
    try (Llm model = Golden.model("llama"); Llm merged = recover.apply(model, Golden.windows("llama"));
        Llm masked = new Wanda(0.5).then(recover.unmerged()).apply(model, Golden.windows("llama"))) {
      assertThatThrownBy(() -> new PeftLayout().save(merged, folder.resolve("to"))).hasMessageContaining("no adapter");
      assertThatThrownBy(() -> new PeftLayout().save(masked, folder.resolve("to"))).hasMessageContaining("under the layer's mask");
      assertThat(folder.resolve("to")).doesNotExist();
    }
  }

  private void refused(Consumer<Map<String, NDArray>> tensors, Consumer<JsonObject> config, String... words) {
    Path theirs = Golden.path("lora/llama");
    JsonObject json = Json.read(theirs.resolve("adapter_config.json"));
    config.accept(json);
    Json.write(folder.resolve("adapter_config.json"), json);
    try (Scope scope = new Scope()) {
      Safetensors file = Safetensors.open(theirs.resolve("adapter_model.safetensors"));
      Map<String, NDArray> all = new TreeMap<>();
      file.entries().keySet().forEach(name -> all.put(name, file.read(name)));
      tensors.accept(all);
      SafetensorsWriter.write(folder.resolve("adapter_model.safetensors"), all);
    }
    try (Llm model = Golden.model("llama")) {
      Living before = Living.settled();
      assertThatThrownBy(() -> Adapters.load(model, folder)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
      assertThat(Living.now()).isEqualTo(before);
    }
  }

  @Test
  void adaptersThatDoNotFit() {
    String q = "base_model.model.model.layers.0.self_attn.q_proj.lora_";
    refused(all -> all.remove(q + "B.weight"), json -> { }, "layers.0.self_attn.q_proj", "lora_B.weight");
    refused(all -> all.put("base_model.model.model.layers.9.mlp.up_proj.lora_A.weight", all.get(q + "A.weight")), json -> { },
        "the module 'model.layers.9.mlp.up_proj'", "does not have");
    refused(all -> all.computeIfPresent(q + "A.weight", (name, old) -> old.get(":, 1:").duplicate()), json -> { }, "q_proj", "A has shape (4, 63)", "(r, 64)");
    refused(all -> { }, json -> json.addProperty("r", 8), "rank 4", "says r 8");
    refused(all -> { }, json -> json.getAsJsonObject("rank_pattern").addProperty("layers.1.mlp.up_proj", 2), "model.layers.1.mlp.up_proj", "says r 2");
    refused(all -> { }, json -> json.remove("r"), "has no r");
    refused(all -> { }, json -> json.remove("lora_alpha"), "has no lora_alpha");
  }
}
