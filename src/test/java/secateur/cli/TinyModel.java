package secateur.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import secateur.file.SafetensorsWriter;
import secateur.tensor.Devices;

/** A llama of random weights with the bundled tokenizer, as a directory in the Hugging Face layout. */
final class TinyModel {

  private static final int HIDDEN = 32;
  private static final int INNER = 96;
  private static final String CONFIG = """
      {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "hidden_size": 32,
       "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2,
       "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": true,
       "vocab_size": 4096, "bos_token_id": 0, "eos_token_id": 0}
      """;

  private final Map<String, NDArray> tensors = new TreeMap<>();
  private final NDManager manager;

  private TinyModel(NDManager manager) {
    this.manager = manager;
  }

  static Path in(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (NDManager manager = Devices.manager().newSubManager()) {
      SafetensorsWriter.write(directory.resolve("model.safetensors"), new TinyModel(manager).weights());
    }
    Files.writeString(directory.resolve("config.json"), CONFIG);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      try (InputStream in = TinyModel.class.getResourceAsStream("/secateur/models/java-8m/" + file)) {
        Files.copy(in, directory.resolve(file));
      }
    }
    return directory;
  }

  private Map<String, NDArray> weights() {
    random("model.embed_tokens", 4096, HIDDEN);
    for (String block : List.of("model.layers.0.", "model.layers.1.")) {
      List.of("q", "k", "v", "o").forEach(name -> random(block + "self_attn." + name + "_proj", HIDDEN, HIDDEN));
      random(block + "mlp.gate_proj", INNER, HIDDEN);
      random(block + "mlp.up_proj", INNER, HIDDEN);
      random(block + "mlp.down_proj", HIDDEN, INNER);
      List.of("input", "post_attention").forEach(name -> ones(block + name + "_layernorm"));
    }
    ones("model.norm");
    return tensors;
  }

  private void random(String name, int rows, int columns) {
    tensors.put(name + ".weight", manager.randomNormal(0, 0.05f, new Shape(rows, columns), DataType.FLOAT32));
  }

  private void ones(String name) {
    tensors.put(name + ".weight", manager.ones(new Shape(HIDDEN)));
  }
}
