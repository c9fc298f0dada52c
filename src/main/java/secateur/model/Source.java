package secateur.model;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import secateur.file.Json;
import secateur.gguf.GgufFile;
import secateur.hub.Hub;
import secateur.hub.Repository;
import secateur.spec.Spec;
import secateur.text.GgufVocabulary;
import secateur.text.Tokenizer;

/**
 * Where a model's files are, and what they say that is not a tensor.
 *
 * @param name how the user called it
 * @param directory of config.json, safetensors and tokenizer; null for an untrained model without one, and for a GGUF file
 * @param spec its architecture
 * @param tokenizer empty where it works on token ids
 * @param drawn whether its weights were drawn at random, not read
 * @param gguf the GGUF file that all of it is in; empty for a directory
 */
public record Source(String name, Path directory, Spec spec, Optional<Tokenizer> tokenizer, boolean drawn, Optional<GgufFile> gguf) {

  /** In a directory, or nowhere. */
  Source(String name, Path directory, Spec spec, Optional<Tokenizer> tokenizer, boolean drawn) {
    this(name, directory, spec, tokenizer, drawn, Optional.empty());
  }

  /** A bundled name, a directory, or a model of the Hugging Face hub. */
  static Source find(String name) {
    return find(name, Hub::ofEnvironment);
  }

  Source with(Spec other) {
    return new Source(name, directory, other, tokenizer, drawn, gguf);
  }

  static Source find(String name, Supplier<Hub> hub) {
    if (name.endsWith(".gguf") && Files.isRegularFile(Path.of(name))) {
      return gguf(Path.of(name));
    }
    Path directory = Bundled.find(name).or(() -> directory(name)).orElseGet(() -> download(hub, name));
    JsonObject config = Json.read(directory.resolve("config.json"));
    return new Source(name, directory, Spec.of(config), Tokenizer.find(directory), false);
  }

  private static Source gguf(Path path) {
    GgufFile file = GgufFile.open(path);
    String name = path.getFileName().toString().replaceFirst("\\.gguf$", "");
    Optional<Tokenizer> tokenizer = GgufVocabulary.isIn(file.metadata()) ? Optional.of(GgufVocabulary.read(file.metadata())) : Optional.empty();
    return new Source(name, null, Spec.of(GgufWeights.config(path, file)), tokenizer, false, Optional.of(file));
  }

  private static Path download(Supplier<Hub> hub, String id) {
    try {
      return HubModel.download(hub.get(), id);
    } catch (IllegalStateException e) {
      throw new IllegalStateException("there is no directory '" + id + "' here, and " + e.getMessage(), e);
    }
  }

  /** Empty where {@code name} can only mean a model of the hub. */
  private static Optional<Path> directory(String name) {
    Path directory = Path.of(name);
    if (Files.isDirectory(directory)) {
      return Optional.of(directory);
    }
    if (Files.exists(directory) || !Repository.isId(name)) {
      throw new IllegalArgumentException("'" + name + "' is neither a bundled model (" + String.join(", ", Bundled.NAMES)
          + ") nor a directory nor a GGUF file; a model of the Hugging Face hub is written org/name");
    }
    return Optional.empty();
  }
}
