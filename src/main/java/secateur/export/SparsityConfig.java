package secateur.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import secateur.measure.Size;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.PackedLayers;
import secateur.model.Sparse;
import secateur.model.Sparse24;
import secateur.spec.Names;

/** What {@code config.json} says of layers that are stored without their zeros, as compressed-tensors reads it. */
final class SparsityConfig {

  private static final String SPARSITY = "sparsity_config";
  private static final String VERSION = "0.14.0"; // the last of compressed-tensors that reads these formats

  private SparsityConfig() {}

  /**
   * Describes {@code model} in {@code config}, where that format can: all sparse layers of one form, in a family that stores its
   * matrices as (out, in).
   */
  static void into(JsonObject config, Llm model) {
    Map<String, Linear> sparse = sparse(model);
    List<? extends Class<?>> forms = sparse.values().stream().map(Object::getClass).distinct().toList();
    if (forms.size() == 1 && !model.spec().transposed()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("quant_method", "compressed-tensors");
      entry.addProperty("version", VERSION);
      entry.add(SPARSITY, entry(model, sparse, forms.get(0) == Sparse24.class));
      config.add(PackedLayers.KEY, entry);
    }
  }

  private static JsonObject entry(Llm model, Map<String, Linear> sparse, boolean pairs) {
    JsonObject entry = new JsonObject();
    entry.addProperty("format", pairs ? "sparse-24-bitmask" : "sparse-bitmask");
    entry.addProperty("sparsity_structure", pairs ? "2:4" : "unstructured");
    entry.addProperty("global_sparsity", Size.of(model).sparsity());
    JsonArray targets = new JsonArray();
    sparse.keySet().forEach(targets::add);
    entry.add("targets", targets);
    entry.add("ignore", new JsonArray());
    return entry;
  }

  /** Sparse layers by the names of their modules. */
  private static Map<String, Linear> sparse(Llm model) {
    Names names = model.spec().names();
    Map<String, Linear> sparse = new TreeMap<>();
    for (Block block : model.blocks()) {
      block.roles().stream().filter(role -> block.layer(role) instanceof Sparse)
          .forEach(role -> sparse.put(names.prefix() + names.layer(block.index(), role), block.layer(role)));
    }
    return sparse;
  }
}
