package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import secateur.model.Adapted;
import secateur.model.AdaptedUnderMask;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;

/** A and B of every adapted layer by PEFT's keys. */
record AdapterArrays(Llm model) {

  Map<String, NDArray> all() {
    Map<String, NDArray> arrays = new TreeMap<>();
    for (Block block : model.blocks()) {
      for (Role role : block.roles()) {
        Linear layer = block.layer(role);
        String key = "base_model.model." + model.spec().names().prefix() + model.spec().names().layer(block.index(), role) + ".lora_";
        Adapted adapted = layer instanceof AdaptedUnderMask masked ? masked.adapted() : layer instanceof Adapted plain ? plain : null;
        if (adapted != null) {
          arrays.put(key + "A.weight", adapted.a());
          arrays.put(key + "B.weight", adapted.b());
        }
      }
    }
    return arrays;
  }
}
