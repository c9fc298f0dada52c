package secateur.export;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import secateur.file.AtomicFile;
import secateur.file.DiskSpace;
import secateur.file.FileParts;
import secateur.file.Json;
import secateur.file.SafetensorsWriter;
import secateur.file.TensorData;
import secateur.model.Llm;

/**
 * A directory in the Hugging Face layout that is written: {@code config.json}, safetensors, the tokenizer's files. Each file is replaced
 * in one atomic step.
 */
final class ModelDirectory {

  /** Above it, tensors go into several files, unless a layout says another: 5 GB, as transformers has it. */
  static final long SHARD = 5_000_000_000L;

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = SINGLE + ".index.json";
  private static final String OLD_CONFIG = "quantize_config.json"; // of GPTQ's tools
  private static final List<String> COMPANIONS = List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
      "added_tokens.json", "vocab.json", "merges.txt", "tokenizer.model", "chat_template.jinja", "generation_config.json");

  private final Llm model;
  private final Path directory;

  ModelDirectory(Llm model, Path directory) {
    this.model = model;
    this.directory = directory;
  }

  /** Refuses sizes of files that cannot be meant. */
  static void checkShard(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("shards of " + bytes + " bytes, allowed are 1 or more");
    }
  }

  /** Writes everything, {@code tensors} in files of at most {@code shardBytes} each; a larger tensor has one of its own. */
  void write(Map<String, TensorData> tensors, JsonObject config, long shardBytes) {
    checkShard(shardBytes);
    DiskSpace.check(directory, tensors.values().stream().mapToLong(TensorData::bytes).sum());
    companions();
    Json.write(directory.resolve("config.json"), config);
    remove(OLD_CONFIG);
    List<Map<String, TensorData>> shards = Shards.of(tensors, shardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.stream(directory.resolve(SINGLE), tensors);
      remove(INDEX);
    } else {
      Shards.write(shards, directory, directory.resolve(INDEX));
      remove(SINGLE);
    }
    removeShards(shards.size() == 1 ? 0 : shards.size());
  }

  /** Files of an earlier save in another number of shards than {@code count}, which nothing names any more. */
  private void removeShards(int count) {
    Set<String> current = IntStream.rangeClosed(1, count).mapToObj(number -> Shards.name(number, count)).collect(Collectors.toSet());
    String[] old = directory.toFile().list((at, name) -> name.matches("model-\\d{5}-of-\\d{5}\\.safetensors") && !current.contains(name));
    for (String name : Objects.requireNonNullElse(old, new String[0])) {
      remove(name);
    }
  }

  /** Writes the file in which older tools of GPTQ look for {@code config}. */
  void writeOldConfig(JsonObject config) {
    Json.write(directory.resolve(OLD_CONFIG), config);
  }

  private void companions() {
    Path from = model.source().directory();
    if (from == null) {
      COMPANIONS.stream().filter(name -> !name.startsWith("tokenizer")).forEach(this::remove);
      Optional.ofNullable(model.tokenizerOrNull()).ifPresent(words -> words.save(directory));
      return;
    }
    if (from.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
      return;
    }
    for (String name : COMPANIONS) {
      if (Files.isRegularFile(from.resolve(name))) {
        copy(from.resolve(name), directory.resolve(name));
      } else {
        remove(name); // of another model that was saved here
      }
    }
  }

  private static void copy(Path from, Path to) {
    try {
      byte[] content = Files.readAllBytes(from);
      AtomicFile.write(to, out -> FileParts.write(out, ByteBuffer.wrap(content)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + from + ": " + e.getMessage(), e);
    }
  }

  /** A file of an earlier save in another form, which would be read instead. */
  private void remove(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory.resolve(name) + ": " + e.getMessage(), e);
    }
  }
}
