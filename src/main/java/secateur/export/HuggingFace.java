package secateur.export;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import secateur.file.StoredType;
import secateur.file.TensorData;
import secateur.model.Llm;
import secateur.model.PackedLayers;
import secateur.model.StoredTensors;

/**
 * Model directories in the Hugging Face layout: {@code config.json}, safetensors, the tokenizer's files. Each file is
 * replaced in one atomic step. {@link Llm#load} reads the directory back to the same logits; quantized layers stay
 * packed, in a form of this project's own, and sparse ones in that of compressed-tensors to version 0.14. {@link HuggingFaceLayout} does
 * it as a {@link Format}; {@link DenseLayout}, {@link GptqLayout}, {@link AwqLayout}, {@link PackQuantizedLayout} and
 * {@link BitsAndBytesLayout} write what other programs read.
 */
public final class HuggingFace {

  private HuggingFace() {}

  /** Saves {@code model} with all tensors in one file. */
  public static void save(Llm model, Path directory) {
    save(model, directory, Long.MAX_VALUE);
  }

  /** Saves {@code model} in files of at most {@code shardBytes} of tensors each; a larger tensor has one of its own. */
  public static void save(Llm model, Path directory, long shardBytes) {
    new HuggingFaceLayout(shardBytes).save(model, directory);
  }

  /** The tensors of {@code model} in the project's own forms, for the caller's scope. */
  static Map<String, TensorData> own(Llm model) {
    return data(StoredTensors.of(model));
  }

  /** The tensors of {@code model} with the layers of its blocks in {@code layout}, for the caller's scope. */
  static Map<String, TensorData> packed(Llm model, PackedLayers layout) {
    return data(StoredTensors.of(model, layout));
  }

  private static Map<String, TensorData> data(Map<String, NDArray> arrays) {
    Map<String, TensorData> data = new TreeMap<>();
    arrays.forEach((name, array) -> data.put(name, TensorData.of(array)));
    return data;
  }

  /** {@code config.json} of {@code model}, most of whose numbers are of {@code type}, without a word on quantization. */
  static JsonObject config(Llm model, StoredType type) {
    JsonObject config = model.spec().published();
    config.remove(PackedLayers.KEY);
    String name = type == StoredType.BF16 ? "bfloat16" : type.type().name().toLowerCase(Locale.ROOT);
    config.addProperty(config.has("torch_dtype") ? "torch_dtype" : "dtype", name);
    return config;
  }

  /** As {@link #config(Llm, StoredType)}, for the type that the head of {@code model} is stored as. */
  static JsonObject config(Llm model) {
    return config(model, StoredType.of(model.head().stored()));
  }
}
