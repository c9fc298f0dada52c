package secateur.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import secateur.file.TensorData;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.CacheForm;
import secateur.spec.Names;

/** What a directory's tensors are, for the report. */
final class Contents {

  private Contents() {}

  /**
   * {@code tensors} in name order. All weights of a packed layer count for the largest of its tensors, its codes; none for the scales and
   * indices beside them.
   */
  static List<Written.Tensor> of(Llm model, Map<String, TensorData> tensors) {
    NavigableMap<String, TensorData> sorted = new TreeMap<>(tensors);
    Map<String, Long> weights = new HashMap<>();
    modules(model).forEach((module, layer) -> {
      Map<String, TensorData> its = new HashMap<>(sorted.subMap(module + ".", module + "/")); // '/' follows '.'
      its.remove(module + ".bias");
      its.keySet().forEach(name -> weights.put(name, 0L));
      its.entrySet().stream().max(Comparator.comparingLong(each -> each.getValue().bytes())).ifPresent(each -> weights.put(each.getKey(), layer.size()));
    });
    List<Written.Tensor> list = new ArrayList<>();
    sorted.forEach((name, data) ->
        list.add(new Written.Tensor(name, data.type().name(), weights.getOrDefault(name, data.shape().size()), data.bytes())));
    return list;
  }

  /** The layers of the blocks of {@code model} by the names of their modules. */
  static Map<String, Linear> modules(Llm model) {
    Names names = model.spec().names();
    Map<String, Linear> modules = new TreeMap<>();
    for (Block block : model.blocks()) {
      block.roles().forEach(role -> modules.put(names.prefix() + names.layer(block.index(), role), block.layer(role)));
    }
    return modules;
  }

  /** What other programs do not do that {@code model} does, a sentence each. */
  static List<String> ownSettings(Llm model) {
    List<String> notes = new ArrayList<>();
    if (model.spec().cache() instanceof CacheForm.Rounded rounded) {
      notes.add("keys and values in " + rounded.bits() + " bits are a setting of Secateur's own: other programs keep them whole");
    }
    return notes;
  }
}
