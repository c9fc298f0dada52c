package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Uncut;
import secateur.spec.Role;
import secateur.tensor.Columns;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * How far each compressed layer's output is from the original's on the original's inputs. Heads, neurons and channels that
 * were cut count as zeros; layers of dropped blocks have no output, and a model that was not made from the original has none to compare.
 */
public final class LayerErrors {

  private static final int WINDOWS = 8;

  private LayerErrors() {}

  /** |X (W - W')'|^2 / |X W'|^2 of each layer that is left, by its name in {@code before}, over the first 8 windows of {@code text}. */
  public static Map<String, Double> of(Llm before, Llm after, Windows text) {
    long[][] ids = text.ids(before.tokenizerOrNull());
    Map<String, Double> errors = new LinkedHashMap<>();
    try (Scope scope = new Scope()) {
      NDArray x = before.embed(before.ids(Arrays.copyOf(ids, Math.min(WINDOWS, ids.length))));
      Pass pass = before.pass(ids[0].length);
      for (Block block : before.blocks()) {
        Progress.check();
        Optional<Block> left = Uncut.find(before, block, after);
        x = block.forward(x, pass, (layer, input) -> left.ifPresent(other -> errors.putAll(errors(block, other, layer, input))));
      }
    }
    return errors;
  }

  /** Of all layers that share the input of {@code layer}. */
  private static Map<String, Double> errors(Block before, Block after, String layer, NDArray input) {
    List<Role> group = before.inputs().stream().filter(roles -> before.name(roles.get(0)).equals(layer)).findFirst().orElseThrow();
    Map<String, Double> errors = new LinkedHashMap<>();
    try (Scope scope = new Scope()) {
      NDArray gram = Columns.gram(input);
      for (Role role : group) {
        NDArray w = before.layer(role).weight();
        double error = energy(gram, w.sub(Uncut.weight(before, after, role)));
        errors.put(before.name(role), error == 0 ? 0 : error / energy(gram, w));
      }
    }
    return errors;
  }

  /** sum over rows of w X'X w': |X W'|^2. */
  private static double energy(NDArray gram, NDArray weight) {
    return weight.matMul(gram).mul(weight).sum().getFloat();
  }
}
