package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.file.Json;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.prune.PruneNeurons;
import secateur.prune.StoreSparse;
import secateur.quantize.Rtn;

class SparsityConfigTest {

  private static final Method STORE = new StoreSparse();

  @TempDir
  private Path folder;

  private JsonObject saved(Llm model) {
    HuggingFace.save(model, folder);
    return Json.read(folder.resolve("config.json"));
  }

  private JsonObject saved(String name, Method method) {
    try (Llm model = Golden.model(name); Llm made = method.apply(model, Golden.windows(name))) {
      return saved(made);
    }
  }

  private static JsonObject sparsity(JsonObject config) {
    return config.getAsJsonObject("quantization_config").getAsJsonObject("sparsity_config");
  }

  @Test
  void zerosAnywhere() {
    JsonObject config = saved("llama", new Magnitude(0.5).then(STORE));
    assertThat(config.getAsJsonObject("quantization_config").get("quant_method").getAsString()).isEqualTo("compressed-tensors");
    assertThat(sparsity(config).get("format").getAsString()).isEqualTo("sparse-bitmask");
    assertThat(sparsity(config).get("sparsity_structure").getAsString()).isEqualTo("unstructured");
    assertThat(sparsity(config).get("global_sparsity").getAsDouble()).isBetween(0.499, 0.501);
    assertThat(sparsity(config).get("targets")).isInstanceOfSatisfying(JsonArray.class, targets ->
        assertThat(targets).hasSize(14).extracting(target -> target.getAsString()).contains("model.layers.1.self_attn.q_proj"));
  }

  @Test
  void twoOfFour() {
    JsonObject sparsity = sparsity(saved("llama", new Magnitude(2, 4).then(STORE)));
    assertThat(sparsity.get("format").getAsString()).isEqualTo("sparse-24-bitmask");
    assertThat(sparsity.get("sparsity_structure").getAsString()).isEqualTo("2:4");
  }

  @Test
  void whatTheFormatCannotSay() {
    Method mixed = new Magnitude(2, 4).then(STORE).then(new PruneNeurons(0.3));
    for (JsonObject config : List.of(saved("gpt2", new Magnitude(0.5).then(STORE)), saved("llama", mixed), saved("llama", new Magnitude(0.5)))) {
      assertThat(config.keySet()).doesNotContain("quantization_config");
    }
  }

  @Test
  void anEarlierEntryGoes() {
    saved("llama", new Magnitude(0.5).then(STORE));
    try (Llm back = Llm.load(folder.toString()); Llm made = new Rtn(4).apply(back, null)) {
      assertThat(saved(back).keySet()).contains("quantization_config");
      assertThat(saved(made).keySet()).doesNotContain("quantization_config");
    }
  }
}
