package secateur.model;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import secateur.file.Json;
import secateur.spec.Spec;
import secateur.text.Tokenizer;

/**
 * Where a model's files are, and what they say that is not a tensor.
 *
 * @param name how the user called it
 * @param directory of config.json, safetensors and tokenizer; null for an untrained model without one
 * @param spec its architecture
 * @param tokenizer empty where it works on token ids
 */
public record Source(String name, Path directory, Spec spec, Optional<Tokenizer> tokenizer) {

  /** A bundled name or a directory. */
  static Source find(String name) {
    Path directory = Bundled.find(name).orElseGet(() -> directory(name));
    JsonObject config = Json.read(directory.resolve("config.json"));
    return new Source(name, directory, Spec.of(config), Tokenizer.find(directory));
  }

  private static Path directory(String name) {
    Path directory = Path.of(name);
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "'" + name + "' is neither a bundled model (" + String.join(", ", Bundled.NAMES) + ") nor a directory");
    }
    return directory;
  }
}
