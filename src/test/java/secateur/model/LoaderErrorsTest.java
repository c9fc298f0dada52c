package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Directories;
import secateur.Golden;
import secateur.Living;
import secateur.OpenFiles;
import secateur.prune.Wanda;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** What cannot be loaded: one clear sentence each, and nothing left behind. */
class LoaderErrorsTest {

  @TempDir
  private Path folder;

  private void refused(String name, String... words) {
    Golden.model("llama").close();
    Living before = Living.settled();
    assertThatThrownBy(() -> Llm.load(name)).isInstanceOfAny(IllegalArgumentException.class, secateur.file.MalformedFileException.class)
        .hasMessageContainingAll(words).hasMessageNotContainingAny("\n", "Exception:");
    assertThat(Living.now()).isEqualTo(before);
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  private void misconfigured(String model, Consumer<JsonObject> change, String... words) {
    refused(Directories.configured(model, folder, change).toString(), words);
  }

  private void misshapen(String model, Consumer<Map<String, NDArray>> change, String... words) {
    refused(Directories.rewritten(model, folder, tensors -> {
      change.accept(tensors);
      return tensors;
    }).toString(), words);
  }

  @Test
  void neitherNameNorDirectory() {
    refused("no-such-model", "'no-such-model'", "java-8m", "directory");
  }

  @Test
  void aFileInsteadOfADirectory() throws IOException {
    refused(Files.createFile(folder.resolve("model.bin")).toString(), "model.bin", "directory");
  }

  @Test
  void aGgufFileThatIsNone() throws IOException {
    refused(Files.createFile(folder.resolve("model.gguf")).toString(), "model.gguf", "byte 0");
  }

  @Test
  void aDirectoryWithoutConfiguration() {
    refused(folder.toString(), "config.json", folder.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"model_type\": \"llama\", \"model_type\": \"opt\"}"})
  void aConfigurationThatIsNone(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    refused(folder.toString(), "config.json");
  }

  @Test
  void onlyAPickle() throws IOException {
    Directories.configured("llama", folder, config -> {});
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    refused(folder.toString(), "pytorch_model.bin", "pickle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mamba", "llama2", "../llama", "", "Llama"})
  void anUnknownArchitecture(String type) {
    misconfigured("llama", config -> config.addProperty("model_type", type), "'" + type + "'", "known are llama, mistral");
  }

  @Test
  void noArchitecture() {
    misconfigured("llama", config -> config.remove("model_type"), "model_type");
  }

  @ParameterizedTest
  @CsvSource({"llama, hidden_size", "llama, num_hidden_layers", "llama, num_attention_heads", "llama, rms_norm_eps", "gpt2, n_embd",
      "gpt2, n_layer", "gpt2, n_head", "opt, max_position_embeddings", "llama, hidden_act"})
  void aMissingNumber(String model, String key) {
    misconfigured(model, config -> config.remove(key), key);
  }

  @ParameterizedTest
  @CsvSource({"hidden_size, 0", "hidden_size, -64", "hidden_size, 6.5", "hidden_size, 'many'", "num_attention_heads, 1e30",
      "num_hidden_layers, '[2]'", "head_dim, 0", "head_dim, 'x'", "max_position_embeddings, true", "rms_norm_eps, 'small'"})
  void aNumberThatIsNone(String key, String value) {
    misconfigured("llama", config -> config.add(key, JsonParser.parseString(value)), key);
  }

  @Test
  void headsThatDoNotDivide() {
    misconfigured("llama", config -> config.addProperty("num_key_value_heads", 3), "4 query heads", "3 key-value heads");
  }

  @Test
  void anUnknownActivation() {
    misconfigured("llama", config -> config.addProperty("hidden_act", "mish"), "'mish'", "silu");
  }

  @Test
  void anUnknownRopeScaling() {
    misconfigured("llama", config -> config.getAsJsonObject("rope_parameters").addProperty("rope_type", "yarn"), "'yarn'", "llama3");
  }

  @ParameterizedTest
  @CsvSource({"bloom, apply_residual_connection_post_layernorm, true", "gpt2, scale_attn_by_inverse_layer_idx, true",
      "gpt2, scale_attn_weights, false", "opt, layer_norm_elementwise_affine, false"})
  void aVariantThatIsNotSupported(String model, String key, boolean value) {
    misconfigured(model, config -> config.addProperty(key, value), "not supported");
  }

  @ParameterizedTest
  @CsvSource({"llama, model.layers.1.mlp.up_proj.weight", "llama, model.embed_tokens.weight", "llama, lm_head.weight",
      "llama, model.norm.weight", "gpt2, transformer.h.1.attn.c_attn.bias", "bloom, transformer.ln_f.bias",
      "qwen3, model.layers.0.self_attn.q_norm.weight"})
  void aMissingTensor(String model, String tensor) {
    misshapen(model, tensors -> tensors.remove(tensor), "'" + tensor + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.layers.1.mlp.gate_proj.weight", "model.layers.1.mlp.down_proj.weight", "model.layers.0.self_attn.q_proj.weight",
      "lm_head.weight", "model.norm.weight", "model.layers.1.input_layernorm.weight"})
  void aMisshapenTensor(String tensor) {
    misshapen("llama", tensors -> tensors.computeIfPresent(tensor, (name, old) -> old.get("1:").duplicate()), tensor, "shape");
  }

  @Test
  void aVectorForAMatrix() {
    misshapen("llama", tensors -> tensors.computeIfPresent("model.embed_tokens.weight", (name, old) -> old.flatten()),
        "model.embed_tokens.weight", "shape");
  }

  @Test
  void aScalarForAMatrix() {
    misshapen("llama", tensors -> tensors.put("model.layers.0.mlp.up_proj.weight", Devices.manager().create(1f)), "up_proj", "shape");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT64", "INT32", "UINT8", "BOOLEAN"})
  void whatIsNoFloatingPointNumber(DataType type) {
    misshapen("llama", tensors -> tensors.computeIfPresent("model.layers.0.mlp.up_proj.weight", (name, old) -> old.toType(type, true)),
        "up_proj");
  }

  @Test
  void aTokenOutsideTheVocabulary() {
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> model.logits(new long[] {1, 320})).hasMessageContainingAll("320", "vocabulary");
      assertThatThrownBy(() -> model.logits(new long[] {-1})).hasMessageContainingAll("-1", "vocabulary");
    }
  }

  @Test
  void noTokens() {
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> model.logits(new long[0])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt"})
  void moreTokensThanLearnedPositions(String name) {
    try (Llm model = Golden.model(name); Session session = new Session(model)) {
      assertThatThrownBy(() -> model.logits(new long[129])).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("129", "128");
      session.feed(new long[128]);
      assertThatThrownBy(() -> session.feed(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("129", "128");
    }
  }

  @Test
  void calibrationWindowsLongerThanLearnedPositions() {
    try (Llm model = Golden.model("gpt2")) {
      assertThatThrownBy(() -> new Wanda(0.5).apply(model, Windows.of(new long[1][129]))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("129", "128");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'sliding_attention'", "[]", "['full_attention']"})
  void aListOfLayerTypesThatDoesNotFit(String list) {
    misconfigured("mistral_window", config -> config.add("layer_types", JsonParser.parseString(list)), "layer_types");
  }

  @Test
  void anUnknownLayer() {
    try (Llm model = Golden.model("gpt2")) {
      assertThatThrownBy(() -> model.layer("0.q")).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("'0.q'", "0.qkv");
    }
  }

  @Test
  void aClosedModel() {
    Llm model = Golden.model("llama");
    model.close();
    model.close();
    assertThatThrownBy(() -> model.logits(new long[] {1})).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
  }

  @Test
  void textWithoutATokenizer() {
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(model::tokenizer).isInstanceOf(IllegalStateException.class).hasMessageContaining("tokenizer.json");
    }
  }

  @Test
  void aWeightOfAnotherShape() {
    try (Llm model = Golden.model("llama"); Scope scope = new Scope()) {
      Linear layer = model.layer("0.up");
      assertThatThrownBy(() -> layer.withWeight(layer.weight().transpose())).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("(64, 172)", "(172, 64)");
    }
  }
}
