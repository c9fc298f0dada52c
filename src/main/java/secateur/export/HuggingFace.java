package secateur.export;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import secateur.file.AtomicFile;
import secateur.file.DiskSpace;
import secateur.file.Json;
import secateur.file.SafetensorsWriter;
import secateur.model.Llm;
import secateur.model.StoredTensors;
import secateur.tensor.Scope;

/**
 * Model directories in the Hugging Face layout: {@code config.json}, safetensors, the tokenizer's files. Each file is
 * replaced in one atomic step. {@link Llm#load} reads the directory back to the same logits; quantized layers stay
 * packed, in a form of this project's own, and sparse ones in that of compressed-tensors to version 0.14.
 */
public final class HuggingFace {

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = SINGLE + ".index.json";
  private static final List<String> COMPANIONS = List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
      "added_tokens.json", "vocab.json", "merges.txt", "tokenizer.model", "chat_template.jinja", "generation_config.json");

  private HuggingFace() {}

  /** Saves {@code model} with all tensors in one file. */
  public static void save(Llm model, Path directory) {
    save(model, directory, Long.MAX_VALUE);
  }

  /** Saves {@code model} in files of at most {@code shardBytes} of tensors each; a larger tensor has one of its own. */
  public static void save(Llm model, Path directory, long shardBytes) {
    if (shardBytes < 1) {
      throw new IllegalArgumentException("shards of " + shardBytes + " bytes, allowed are 1 or more");
    }
    try (Scope scope = new Scope()) {
      Map<String, NDArray> tensors = StoredTensors.of(model);
      DiskSpace.check(directory, tensors.values().stream().mapToLong(Shards::bytes).sum());
      companions(model, directory);
      Json.write(directory.resolve("config.json"), config(model));
      List<Map<String, NDArray>> shards = Shards.of(tensors, shardBytes);
      if (shards.size() == 1) {
        SafetensorsWriter.write(directory.resolve(SINGLE), tensors);
        remove(directory.resolve(INDEX));
      } else {
        Shards.write(shards, directory, directory.resolve(INDEX));
        remove(directory.resolve(SINGLE));
      }
    }
  }

  private static JsonObject config(Llm model) {
    JsonObject config = model.spec().published();
    String key = config.has("torch_dtype") ? "torch_dtype" : "dtype";
    config.addProperty(key, model.head().stored().name().toLowerCase(Locale.ROOT));
    SparsityConfig.into(config, model);
    return config;
  }

  private static void companions(Llm model, Path directory) {
    Path from = model.source().directory();
    if (from == null || from.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
      return;
    }
    for (String name : COMPANIONS) {
      if (Files.isRegularFile(from.resolve(name))) {
        copy(from.resolve(name), directory.resolve(name));
      }
    }
  }

  private static void copy(Path from, Path to) {
    try {
      byte[] content = Files.readAllBytes(from);
      AtomicFile.write(to, out -> out.write(ByteBuffer.wrap(content)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + from + ": " + e.getMessage(), e);
    }
  }

  /** A file of an earlier save in the other form, which would be read instead. */
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file + ": " + e.getMessage(), e);
    }
  }
}
