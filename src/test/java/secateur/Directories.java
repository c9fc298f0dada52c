package secateur;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import secateur.file.Json;
import secateur.file.Safetensors;
import secateur.file.SafetensorsWriter;
import secateur.tensor.Scope;

/** Changed copies of golden model directories. */
public final class Directories {

  private Directories() {}

  /** The model {@code name} in {@code to}, its configuration changed. */
  public static Path configured(String name, Path to, Consumer<JsonObject> change) {
    return copy(name, to, tensors -> tensors, change);
  }

  /** The model {@code name} in {@code to}, its tensors changed. */
  public static Path rewritten(String name, Path to, UnaryOperator<Map<String, NDArray>> change) {
    return copy(name, to, change, config -> {});
  }

  /** The model {@code name} in {@code to}, changed. */
  public static Path copy(String name, Path to, UnaryOperator<Map<String, NDArray>> tensors, Consumer<JsonObject> config) {
    JsonObject json = Json.read(Golden.path("models/" + name).resolve("config.json"));
    config.accept(json);
    Json.write(to.resolve("config.json"), json);
    try (Scope scope = new Scope()) {
      SafetensorsWriter.write(to.resolve("model.safetensors"), tensors.apply(tensors(name)));
    }
    return to;
  }

  /** All tensors of the golden model {@code name}, for the caller's scope. */
  public static Map<String, NDArray> tensors(String name) {
    Safetensors file = Safetensors.open(Golden.path("models/" + name).resolve("model.safetensors"));
    Map<String, NDArray> tensors = new TreeMap<>();
    file.entries().keySet().forEach(each -> tensors.put(each, file.read(each)));
    return tensors;
  }
}
