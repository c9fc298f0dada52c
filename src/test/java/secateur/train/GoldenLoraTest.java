package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.file.Json;
import secateur.file.Safetensors;
import secateur.model.Adapted;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

/** LoRA against PEFT. */
class GoldenLoraTest {

  private static final AdamW OPTIMIZER = new AdamW(0.9, 0.95, 1e-8, 0.1, 0.3);

  @TempDir
  Path folder;

  /** LoRA whose gradients are looked at before weights move. */
  private static Adapter watched(Map<String, NDArray> gradients) {
    return new Wrapped(new Lora(4).dropout(0)) {
      @Override
      public Companion begin(Llm open) {
        return new Companion() {
          @Override
          public void gradients(int step, Llm model) {
            new AdapterArrays(model).all().forEach((name, array) ->
                gradients.put(name, Scope.free(Gradients.settled(array.getGradient(), DataType.FLOAT32))));
          }
        };
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2"})
  void logitsAreThoseOfPeft(String name) {
    try (Scope scope = new Scope(); Llm model = Golden.model(name); Llm adapted = Adapters.load(model, Golden.path("lora/" + name))) {
      NDArray logits = adapted.forward(adapted.ids(Golden.ids(name)));
      assertThat(Golden.difference(logits, expected(name, "logits"))).isLessThan(1e-4);
      assertThat(Golden.difference(model.forward(model.ids(Golden.ids(name))), logits)).isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2"})
  void gradientsAndOneStepAreThoseOfPeft(String name) {
    for (Activations activations : Activations.values()) {
      Recipe recipe = new Recipe(new Schedule(1, 0, 0.01, 1), OPTIMIZER, 1, activations);
      Data<long[][]> data = new WindowBatches(Golden.ids(name), 2, 0);
      Map<String, NDArray> gradients = new HashMap<>();
      try (Scope scope = new Scope(); Llm model = Golden.model(name); Llm begun = Adapters.load(model, Golden.path("lora/" + name))) {
        Trained trained = new Trainer<>(recipe, new NextToken(), data, Upkeep.none()).train(begun, watched(gradients));
        assertThat(trained.curve().training().get(0).loss()).isCloseTo(expected(name, "loss").toFloatArray()[0], Offset.offset(1e-5));
        compare(name, "gradient/", gradients);
        compare(name, "step/", new AdapterArrays(trained.model()).all());
        trained.model().close();
      }
      gradients.values().forEach(NDArray::close);
    }
  }

  private static void compare(String model, String kind, Map<String, NDArray> ours) {
    List<String> names = Safetensors.open(Golden.path("lora/" + model + "/expected.safetensors")).entries().keySet().stream()
        .filter(key -> key.startsWith(kind)).toList();
    assertThat(names).hasSameSizeAs(ours.keySet()).isNotEmpty();
    for (String key : names) {
      NDArray theirs = expected(model, key);
      double largest = theirs.abs().max().getFloat();
      assertThat(Golden.difference(ours.get(key.substring(kind.length())), theirs) / largest).as(key).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2"})
  void whatIsSavedIsPeftsOwnFileAgain(String name) {
    Path theirs = Golden.path("lora/" + name);
    try (Scope scope = new Scope(); Llm model = Golden.model(name); Llm adapted = Adapters.load(model, theirs)) {
      Adapters.save(adapted, folder);
      Safetensors ours = Safetensors.open(folder.resolve("adapter_model.safetensors"));
      Safetensors before = Safetensors.open(theirs.resolve("adapter_model.safetensors"));
      assertThat(ours.entries().keySet()).isEqualTo(before.entries().keySet());
      ours.entries().keySet().forEach(key -> assertThat(ours.read(key)).as(key).isEqualTo(before.read(key)));
    }
    var config = Json.read(folder.resolve("adapter_config.json"));
    assertThat(config.get("r").getAsInt()).isEqualTo(4);
    assertThat(config.get("lora_alpha").getAsDouble()).isEqualTo(16);
    assertThat(config.get("fan_in_fan_out").getAsBoolean()).isEqualTo(name.equals("gpt2"));
    assertThat(config.get("target_modules").toString()).contains(name.equals("gpt2") ? "\"attn.c_proj\"" : "\"self_attn.q_proj\"");
  }

  @Test
  void patternsAndRootedScalesAreHonoured() throws Exception {
    Path theirs = Golden.path("lora/llama");
    Files.copy(theirs.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.safetensors"));
    var config = Json.read(theirs.resolve("adapter_config.json"));
    config.addProperty("use_rslora", true);
    config.getAsJsonObject("alpha_pattern").addProperty("layers.0.self_attn.q_proj", 6);
    Json.write(folder.resolve("adapter_config.json"), config);
    try (Llm model = Golden.model("llama"); Llm adapted = Adapters.load(model, folder)) {
      assertThat(scale(adapted.layer("0.q"))).isEqualTo(3);
      assertThat(scale(adapted.layer("1.q"))).isEqualTo(8);
    }
  }

  private static double scale(Linear layer) {
    return ((Adapted) layer).scale();
  }

  private static NDArray expected(String model, String name) {
    return Golden.tensor("lora/" + model + "/expected.safetensors", name);
  }
}
