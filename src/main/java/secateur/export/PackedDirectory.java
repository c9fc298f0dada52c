package secateur.export;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import secateur.file.TensorData;
import secateur.model.Llm;
import secateur.model.PackedLayers;
import secateur.tensor.Scope;

/**
 * A model whose layers another program's layout holds: what all such layouts write.
 *
 * @param format what it is, for the report
 * @param layout of the layers of all blocks
 * @param clients the programs that read it, by its documentation
 * @param shardBytes the most that one file holds
 */
record PackedDirectory(String format, PackedLayers layout, List<String> clients, long shardBytes) {

  /** Writes {@code model}; {@code oldConfig} says whether GPTQ's older tools are served too. */
  Written save(Llm model, Path directory, boolean oldConfig) {
    Widths.checkPublished(model, format);
    try (Scope scope = new Scope()) {
      Map<String, TensorData> tensors = HuggingFace.packed(model, layout);
      JsonObject config = HuggingFace.config(model);
      config.add(PackedLayers.KEY, layout.config());
      ModelDirectory target = new ModelDirectory(model, directory);
      target.write(tensors, config, shardBytes);
      if (oldConfig) {
        target.writeOldConfig(layout.config());
      }
      return new Written(directory, format, Contents.of(model, tensors), clients, Contents.ownSettings(model));
    }
  }
}
