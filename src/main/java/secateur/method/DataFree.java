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
import secateur.text.Windows;

/** A method that looks at the weights of one layer at a time and at nothing else. */
public interface DataFree extends LayerByLayer {

  /** {@code layer} compressed. */
  Linear compress(Linear layer);

  @Override
  default Llm apply(Llm model, Windows text) {
    try (Scope scope = new Scope(); Progress progress = Progress.of(toString(), model.blocks().size())) {
      List<Block> blocks = new ArrayList<>();
      for (Block block : model.blocks()) {
        Map<Role, Linear> changed = new EnumMap<>(Role.class);
        block.roles().forEach(role -> changed.put(role, Layers.named(block.name(role), () -> kept(block.layer(role)))));
        blocks.add(block.with(changed));
        progress.step();
      }
      return model.with(blocks);
    }
  }

  /** {@code layer} compressed; what came up on the way is freed at once. */
  private Linear kept(Linear layer) {
    try (Scope scope = new Scope()) {
      Linear compressed = compress(layer);
      scope.keep(compressed.arrays());
      return compressed;
    }
  }
}
