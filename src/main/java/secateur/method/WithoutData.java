package secateur.method;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/** The driver of all methods that look at weights alone. */
final class WithoutData {

  private WithoutData() {}

  /** {@code model} compressed by {@code methods}. */
  static Llm run(String label, Assignment<DataFree> methods, Llm model) {
    try (Scope scope = new Scope(); Progress progress = Progress.of(label, model.blocks().size())) {
      List<Block> blocks = new ArrayList<>();
      for (Block block : model.blocks()) {
        Map<Role, Linear> changed = new EnumMap<>(Role.class);
        block.roles().forEach(role -> changed.put(role,
            Layers.named(block.name(role), () -> kept(methods.at(block.index(), role), block.layer(role)))));
        blocks.add(block.with(changed));
        progress.step();
      }
      return model.with(blocks);
    }
  }

  /** {@code layer} compressed; what came up on the way is freed at once. */
  private static Linear kept(DataFree method, Linear layer) {
    try (Scope scope = new Scope()) {
      Linear compressed = method.compress(layer);
      scope.keep(compressed.arrays());
      return compressed;
    }
  }
}
