package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import secateur.spec.Position;
import secateur.spec.Spec;
import secateur.tensor.Nn;
import secateur.tensor.Select;

/**
 * What stands before the first block and after the last.
 *
 * @param tables embeddings by part: {@code embed} (V, D) and, where learned, {@code position}
 * @param norms by part: {@code embedNorm}, {@code finalNorm}
 * @param layers by part: {@code head} (V, D) and, where widths differ, {@code projectIn}, {@code projectOut}
 */
record Ends(Map<String, NDArray> tables, Map<String, Norm> norms, Map<String, Linear> layers) {

  /** The residual stream before block 0, (B, T, hidden). */
  NDArray embed(NDArray ids, Spec spec, int from) {
    NDArray x = through("projectIn", Nn.embed(ids, tables.get("embed")));
    if (spec.position() instanceof Position.Learned learned) {
      long count = ids.getShape().get(1);
      int first = from + learned.offset();
      x = x.add(tables.get("position").get(first + ":" + (first + count)));
    }
    return normalized("embedNorm", x);
  }

  /** Logits (B, T, V) for the residual stream after the last block. */
  NDArray logits(NDArray x) {
    return layers.get("head").forward(through("projectOut", normalized("finalNorm", x)));
  }

  /** These ends with every part changed. */
  Ends map(Change change) {
    Map<String, NDArray> newTables = new HashMap<>();
    tables.forEach((part, table) -> newTables.put(part, change.table(table)));
    Map<String, Norm> newNorms = new HashMap<>();
    norms.forEach((part, norm) -> newNorms.put(part, norm.map(change)));
    Map<String, Linear> newLayers = new HashMap<>();
    layers.forEach((part, layer) -> newLayers.put(part, change.layer(part, layer)));
    return new Ends(newTables, newNorms, newLayers);
  }

  /** For a residual stream that has lost all channels but {@code places}; a head that shares the embedding goes on sharing it. */
  Ends keepChannels(NDArray places) {
    Map<NDArray, NDArray> copies = new IdentityHashMap<>();
    UnaryOperator<NDArray> keep = array -> copies.computeIfAbsent(array, whole -> Select.columns(whole, places));
    boolean narrow = !layers.containsKey("projectIn");
    Map<String, NDArray> newTables = new HashMap<>();
    tables.forEach((part, table) -> newTables.put(part, narrow || part.equals("position") ? keep.apply(table) : table));
    Map<String, Norm> newNorms = new HashMap<>();
    norms.forEach((part, norm) -> newNorms.put(part, norm.keep(places)));
    Map<String, Linear> newLayers = new HashMap<>(layers);
    if (narrow) {
      Dense head = (Dense) layers.get("head");
      newLayers.put("head", new Dense(keep.apply(head.matrix()), head.bias(), head.stored()));
    } else {
      newLayers.put("projectIn", layers.get("projectIn").keep(places, null));
      newLayers.put("projectOut", layers.get("projectOut").keep(null, places));
    }
    return new Ends(newTables, newNorms, newLayers);
  }

  private NDArray through(String part, NDArray x) {
    return layers.containsKey(part) ? layers.get(part).forward(x) : x;
  }

  private NDArray normalized(String part, NDArray x) {
    return norms.containsKey(part) ? norms.get(part).apply(x) : x;
  }

  /** Every array it holds; the embedding counts twice where the head shares it. */
  List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(tables.values());
    norms.values().forEach(norm -> arrays.addAll(norm.arrays()));
    layers.values().forEach(layer -> arrays.addAll(layer.arrays()));
    return arrays;
  }
}
