package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import secateur.file.Checkpoint;

/**
 * How another program's checkpoints have quantized linear layers, and what {@code config.json} says of it under
 * {@code "quantization_config"}.
 */
public interface PackedLayers {

  /** The key of {@link #config} in {@code config.json}. */
  String KEY = "quantization_config";

  /** What {@code config.json} says. */
  JsonObject config();

  /** The tensors of {@code layer} without its bias, for the caller's {@link secateur.tensor.Scope}; it must be a layer of this layout's model. */
  Map<String, NDArray> tensors(String module, Linear layer);

  /** Whether a checkpoint of tensors called {@code names} has {@code module} in this layout; what it has not is plain. */
  boolean has(Set<String> names, String module);

  /** Output features of {@code module}. */
  long rows(Checkpoint checkpoint, String module);

  /** The layer of {@code shape} (out, in) with {@code bias} or null; an error that names the tensor where something does not fit. */
  Linear read(Checkpoint checkpoint, String module, Shape shape, NDArray bias);

  /** The layout that {@code config}, a model's {@code config.json}, names; empty where it names none, or sparse layers alone. */
  static Optional<PackedLayers> of(JsonObject config) {
    JsonElement json = config.get(KEY);
    if (json == null || json.isJsonNull()) {
      return Optional.empty();
    }
    QuantizationConfig says = new QuantizationConfig(json);
    String method = says.text("quant_method", "");
    return switch (method) {
      case "gptq" -> Optional.of(GptqFile.of(says));
      case "awq" -> Optional.of(AwqFile.of(says));
      case "bitsandbytes" -> Optional.of(BitsAndBytesFile.of(says));
      case "compressed-tensors" -> PackQuantizedFile.of(says);
      default -> throw new IllegalArgumentException("config.json: quant_method is '" + method
          + "', allowed are gptq, awq, compressed-tensors, bitsandbytes");
    };
  }
}
