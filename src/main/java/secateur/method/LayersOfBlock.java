package secateur.method;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import secateur.calibrate.Statistic;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.spec.Role;
import secateur.tensor.Progress;

/**
 * Compresses the layers of a block, group by group of those that share an input.
 *
 * @param methods by block and role
 */
record LayersOfBlock<S extends Statistic>(Assignment<PerLayer<S>> methods) {

  Block compress(Block block, Inputs inputs) {
    Map<Role, S> seen = inputs.gather(block, role -> methods.at(block.index(), role).observe(block.layer(role)));
    try {
      Map<Role, Linear> changed = new EnumMap<>(Role.class);
      for (List<Role> group : block.inputs()) {
        Progress.check();
        changed.putAll(compress(block, group, seen.get(group.get(0))));
      }
      return block.with(changed);
    } finally {
      seen.values().forEach(Statistic::close);
    }
  }

  /** Layers with one input, those of equal methods together. */
  private Map<Role, Linear> compress(Block block, List<Role> group, S seen) {
    Map<PerLayer<S>, List<Role>> alike = group.stream()
        .collect(Collectors.groupingBy(role -> methods.at(block.index(), role), LinkedHashMap::new, Collectors.toList()));
    Map<Role, Linear> changed = new EnumMap<>(Role.class);
    alike.forEach((method, roles) -> changed.putAll(compress(method, block, roles, seen)));
    return changed;
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
