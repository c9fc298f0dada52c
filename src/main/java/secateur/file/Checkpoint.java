package secateur.file;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The tensors of a model directory: {@code model.safetensors}, or the shards that its index names. */
public final class Checkpoint {

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Path directory;
  private final Map<String, Safetensors> files;

  private Checkpoint(Path directory, Map<String, Safetensors> files) {
    this.directory = directory;
    this.files = files;
  }

  /** Opens the tensors in {@code directory}; only headers are read. */
  public static Checkpoint open(Path directory) {
    if (Files.exists(directory.resolve(INDEX))) {
      return new Checkpoint(directory, sharded(directory));
    }
    if (!Files.exists(directory.resolve(SINGLE))) {
      throw new IllegalArgumentException("no " + SINGLE + " and no " + INDEX + " in " + directory + pickles(directory));
    }
    Safetensors file = Safetensors.open(directory.resolve(SINGLE));
    Map<String, Safetensors> files = new TreeMap<>();
    file.entries().keySet().forEach(name -> files.put(name, file));
    return new Checkpoint(directory, files);
  }

  /** All tensor names, sorted. */
  public Set<String> names() {
    return files.keySet();
  }

  /** The shape of {@code name}. */
  public Shape shape(String name) {
    return files.get(name).entries().get(name).shape();
  }

  /** The type that {@code name} is stored in. */
  public StoredType type(String name) {
    return files.get(name).entries().get(name).type();
  }

  /** Reads one tensor, on the host; see {@link Safetensors#read}. */
  public NDArray read(String name) {
    if (!files.containsKey(name)) {
      throw new IllegalArgumentException("no tensor '" + name + "' in " + directory);
    }
    return files.get(name).read(name);
  }

  private static Map<String, Safetensors> sharded(Path directory) {
    Path index = directory.resolve(INDEX);
    JsonElement weights = Json.read(index).get("weight_map");
    if (weights == null || !weights.isJsonObject()) {
      throw new MalformedFileException(index, "it has no object 'weight_map'");
    }
    Map<String, Safetensors> opened = new LinkedHashMap<>();
    Map<String, Safetensors> files = new TreeMap<>();
    for (Map.Entry<String, JsonElement> each : ((JsonObject) weights).entrySet()) {
      String shard = shard(index, each);
      Safetensors file = opened.computeIfAbsent(shard, name -> Safetensors.open(inside(index, name)));
      if (!file.entries().containsKey(each.getKey())) {
        throw new MalformedFileException(index, "tensor '" + each.getKey() + "' is not in " + shard);
      }
      files.put(each.getKey(), file);
    }
    return files;
  }

  private static String shard(Path index, Map.Entry<String, JsonElement> weight) {
    if (!weight.getValue().isJsonPrimitive()) {
      throw new MalformedFileException(index, "the file of tensor '" + weight.getKey() + "' is " + weight.getValue());
    }
    return weight.getValue().getAsString();
  }

  private static Path inside(Path index, String shard) {
    Path file;
    try {
      file = index.toAbsolutePath().normalize().resolveSibling(shard).normalize();
    } catch (InvalidPathException e) {
      throw new MalformedFileException(index, "shard " + Utf8.quoted(shard) + " is no file name");
    }
    if (!index.toAbsolutePath().normalize().getParent().equals(file.getParent())) {
      throw new MalformedFileException(index, "shard '" + shard + "' lies outside the directory");
    }
    return file;
  }

  private static String pickles(Path directory) {
    return Files.exists(directory.resolve("pytorch_model.bin"))
        ? "; pytorch_model.bin is a pickle, which can run code and is never read: convert it to safetensors first" : "";
  }
}
