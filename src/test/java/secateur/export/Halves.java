package secateur.export;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.SplittableRandom;
import secateur.Golden;
import secateur.file.Json;
import secateur.model.Llm;

/** Models whose numbers are float16, as those that are quantized in earnest. */
final class Halves {

  private Halves() {}

  /** The golden model {@code name}, rounded to float16 and written below {@code folder}; the caller closes it. */
  static Llm golden(String name, Path folder) {
    try (Llm model = Golden.model(name)) {
      return through(model, folder.resolve("half-" + name));
    }
  }

  /** An untrained llama of 2 blocks whose widths are random multiples of {@code step}. */
  static Llm random(int step, long seed, Path folder) {
    SplittableRandom random = new SplittableRandom(seed);
    JsonObject config = Json.read(Golden.path("models/llama").resolve("config.json"));
    int head = Math.max(4, step) * (1 + random.nextInt(2));
    config.addProperty("num_attention_heads", 2);
    config.addProperty("num_key_value_heads", 1 + random.nextInt(2));
    config.addProperty("head_dim", head);
    config.addProperty("hidden_size", 2 * head);
    config.addProperty("intermediate_size", (1 + random.nextInt(5)) * step);
    try (Llm model = Llm.random(config, seed)) {
      return through(model, folder.resolve("half-" + seed));
    }
  }

  private static Llm through(Llm model, Path folder) {
    DenseLayout.float16().save(model, folder);
    return Llm.load(folder.toString());
  }
}
