package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import secateur.calibrate.Hessian;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.spec.Role;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** How far each compressed layer's output is from the original's on the original's inputs. */
public final class LayerErrors {

  private static final int WINDOWS = 8;

  private LayerErrors() {}

  /** |X (W - W')'|^2 / |X W'|^2 of each layer, by name, over the first 8 windows of {@code text}. */
  public static Map<String, Double> of(Llm before, Llm after, Windows text) {
    long[][] ids = text.ids(before.tokenizerOrNull());
    Map<String, Double> errors = new LinkedHashMap<>();
    try (Scope scope = new Scope()) {
      NDArray x = before.embed(before.ids(Arrays.copyOf(ids, Math.min(WINDOWS, ids.length))));
      Pass pass = new Pass(before.spec(), ids[0].length);
      for (Block block : before.blocks()) {
        Map<String, Hessian> seen = new HashMap<>();
        x = block.forward(x, pass, (layer, input) -> seen.computeIfAbsent(layer, l -> new Hessian()).see(input));
        block.inputs().forEach(group -> errors(block, after.blocks().get(block.index()), group, seen, errors));
        seen.values().forEach(Hessian::close);
      }
    }
    return errors;
  }

  private static void errors(Block before, Block after, List<Role> group, Map<String, Hessian> seen, Map<String, Double> errors) {
    Hessian hessian = seen.get(before.name(group.get(0)));
    for (Role role : group) {
      try (Scope scope = new Scope()) {
        NDArray w = before.layer(role).weight();
        errors.put(before.name(role), hessian.energy(w.sub(after.layer(role).weight())) / hessian.energy(w));
      }
    }
  }
}
