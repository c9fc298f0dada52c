package secateur.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import secateur.calibrate.InputNorm;
import secateur.calibrate.Observed;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** How much each input of a layer matters to the rounding of its column: the mean of its square over a text (llama.cpp's importance matrix). */
final class Importance {

  private Importance() {}

  /** The inputs' mean squares, (in), by the layer's name. */
  static Map<String, float[]> of(Llm model, Windows text) {
    Map<String, float[]> all = new HashMap<>();
    try (Scope scope = new Scope(); Observed<InputNorm> seen = Observed.of(model, text, (block, role) -> new InputNorm())) {
      for (Block block : model.blocks()) {
        for (List<Role> group : block.inputs()) {
          float[] squares = seen.of(block.name(group.get(0))).norm().toFloatArray();
          group.forEach(role -> all.put(block.name(role), squares));
        }
      }
    }
    return all;
  }
}
