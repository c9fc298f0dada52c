package secateur.prune;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import secateur.calibrate.InputNorm;
import secateur.calibrate.Statistic;
import secateur.method.Cost;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** The layerwise outlier distribution (Yin et al., arXiv 2310.05175, section 3.2); a layer of the paper is a block here. */
final class Outliers {

  private static final int BATCH = 8;

  private Outliers() {}

  /** D_b of each block: the share of A_ij = |W_ij| ||X_j||_2 over its layers that exceed {@code multiple} times their mean. */
  static double[] of(Llm model, Windows text, double multiple) {
    Map<String, InputNorm> seen = new HashMap<>();
    model.blocks().forEach(block -> block.inputs().forEach(group -> seen.put(block.name(group.get(0)), new InputNorm())));
    try {
      gather(model, text.ids(model.tokenizerOrNull()), seen);
      return model.blocks().stream().mapToDouble(block -> of(block, seen, multiple)).toArray();
    } finally {
      seen.values().forEach(Statistic::close);
    }
  }

  /** What gathering takes. */
  static Cost cost(Llm model, Windows text) {
    return Cost.passes(model, text, 1, BATCH);
  }

  private static void gather(Llm model, long[][] ids, Map<String, InputNorm> seen) {
    try (Progress progress = Progress.of("outliers", (ids.length + BATCH - 1) / BATCH)) {
      for (int i = 0; i < ids.length; i += BATCH) {
        try (Scope scope = new Scope()) {
          Pass pass = model.pass(ids[0].length);
          NDArray x = model.embed(model.ids(Arrays.copyOfRange(ids, i, Math.min(ids.length, i + BATCH))));
          for (Block block : model.blocks()) {
            Progress.check();
            x = block.forward(x, pass, (layer, input) -> seen.get(layer).see(input));
          }
        }
        progress.step();
      }
    }
  }

  private static double of(Block block, Map<String, InputNorm> seen, double multiple) {
    double weights = block.roles().stream().mapToLong(role -> block.layer(role).size()).sum();
    double mean = sum(block, seen, a -> a.sum().getFloat()) / weights;
    return sum(block, seen, a -> a.gt(multiple * mean).sum().toLongArray()[0]) / weights;
  }

  /** {@code figure} of A (out, in), summed over the layers of {@code block}. */
  private static double sum(Block block, Map<String, InputNorm> seen, ToDoubleFunction<NDArray> figure) {
    double sum = 0;
    for (List<Role> group : block.inputs()) {
      InputNorm x = seen.get(block.name(group.get(0)));
      for (Role role : group) {
        Linear layer = block.layer(role);
        try (Scope scope = new Scope()) {
          sum += figure.applyAsDouble(layer.weight().abs().mul(x.norm().sqrt()));
        }
      }
    }
    return sum;
  }
}
