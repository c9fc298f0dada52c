package secateur.export;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import secateur.file.TensorData;
import secateur.model.Dense;
import secateur.model.Llm;
import secateur.model.OnBase;
import secateur.model.PackedLayers;
import secateur.model.Sparse;
import secateur.tensor.Scope;

/**
 * A model as it is: plain matrices in the types that they came in, quantized layers packed in a form of the project's own, sparse ones
 * as compressed-tensors had them to version 0.14. {@link Llm#load} reads back the same logits.
 *
 * @param shardBytes the most that one file holds
 */
public record HuggingFaceLayout(long shardBytes) implements Format {

  /** Refuses what cannot be meant. */
  public HuggingFaceLayout {
    ModelDirectory.checkShard(shardBytes);
  }

  /** In files of at most 5 GB. */
  public HuggingFaceLayout() {
    this(ModelDirectory.SHARD);
  }

  /** In files of at most {@code bytes}. */
  public HuggingFaceLayout sharded(long bytes) {
    return new HuggingFaceLayout(bytes);
  }

  @Override
  public Written save(Llm model, Path directory) {
    try (Scope scope = new Scope()) {
      Map<String, TensorData> tensors = HuggingFace.own(model);
      JsonObject config = HuggingFace.config(model);
      SparsityConfig.into(config, model);
      new ModelDirectory(model, directory).write(tensors, config, shardBytes);
      return new Written(directory, toString(), Contents.of(model, tensors), clients(model), notes(model));
    }
  }

  private static List<String> clients(Llm model) {
    List<String> clients = new ArrayList<>(List.of("Secateur"));
    boolean widths = Widths.published(model);
    if (widths && model.layers().values().stream().allMatch(Dense.class::isInstance)) {
      clients.add("transformers");
    } else if (widths && allSparse(model)) {
      clients.add("transformers with compressed-tensors to 0.14");
    }
    return clients;
  }

  private static boolean allSparse(Llm model) {
    JsonObject config = HuggingFace.config(model);
    SparsityConfig.into(config, model);
    return config.has(PackedLayers.KEY)
        && model.layers().values().stream().allMatch(layer -> layer instanceof Dense || layer instanceof Sparse);
  }

  private static List<String> notes(Llm model) {
    List<String> notes = new ArrayList<>(Contents.ownSettings(model));
    long packed = Contents.modules(model).values().stream().filter(layer -> !(layer instanceof Dense || layer instanceof Sparse || layer instanceof OnBase)).count();
    if (packed > 0) {
      notes.add(packed + " layers are packed in Secateur's own form");
    }
    if (!Widths.published(model)) {
      notes.add("blocks differ in width, which Secateur alone reads");
    }
    return notes;
  }

  @Override
  public String toString() {
    return "Hugging Face";
  }
}
