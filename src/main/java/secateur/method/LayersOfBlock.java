package secateur.method;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import secateur.calibrate.Statistic;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.spec.Role;
import secateur.tensor.Progress;

/**
 * Compresses the layers of a block, group by group of those that share an input.
 *
 * @param methods by block
 */
record LayersOfBlock<S extends Statistic>(IntFunction<PerLayer<S>> methods) {

  Block compress(Block block, Inputs inputs) {
    PerLayer<S> method = methods.apply(block.index());
    Map<Role, S> seen = inputs.gather(block, role -> method.observe(block.layer(role)));
    try {
      Map<Role, Linear> changed = new EnumMap<>(Role.class);
      for (List<Role> group : block.inputs()) {
        Progress.check();
        changed.putAll(compress(method, block, group, seen.get(group.get(0))));
      }
      return block.with(changed);
    } finally {
      seen.values().forEach(Statistic::close);
    }
  }

  private Map<Role, Linear> compress(PerLayer<S> method, Block block, List<Role> group, S seen) {
    String names = group.stream().map(block::name).collect(Collectors.joining(", "));
    List<Linear> layers = group.stream().map(block::layer).toList();
    List<Linear> compressed = Layers.named(names, () -> method.compress(layers, seen));
    Map<Role, Linear> changed = new EnumMap<>(Role.class);
    for (int i = 0; i < group.size(); i++) {
      changed.put(group.get(i), compressed.get(i));
    }
    return changed;
  }
}
