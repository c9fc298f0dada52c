package secateur.method;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import secateur.calibrate.Statistic;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * The one driver of all one-shot methods (SparseGPT, GPTQ, Wanda): for each block, gather statistics of its layers'
 * inputs, compress its layers, run the calibration windows through what came out, go on. Embeddings, norms and head stay.
 */
final class BlockByBlock<S extends Statistic> {

  private static final int BATCH = 8;

  private final String label;
  private final Assignment<PerLayer<S>> methods;
  private final Llm model;
  private final Windows text;

  BlockByBlock(String label, Assignment<PerLayer<S>> methods, Llm model, Windows text) {
    this.label = label;
    this.methods = methods;
    this.model = model;
    this.text = text;
  }

  /** What the walk takes, whatever the method does with a layer. */
  static Cost cost(Llm model, Windows text) {
    return Cost.passes(model, text, 2, BATCH);
  }

  Llm run() {
    long[][] ids = text.ids(model.tokenizerOrNull());
    try (Scope scope = new Scope(); Progress progress = Progress.of(label, 2 * model.blocks().size())) {
      Pass pass = new Pass(model.spec(), ids[0].length);
      List<NDArray> stream = embed(ids);
      List<Block> blocks = new ArrayList<>();
      for (Block block : model.blocks()) {
        Block compressed = block.with(compress(block, stream, pass));
        progress.step();
        stream = advance(compressed, stream, pass);
        blocks.add(compressed);
        progress.step();
      }
      return model.with(blocks);
    }
  }

  private List<NDArray> embed(long[][] ids) {
    List<NDArray> stream = new ArrayList<>();
    for (int i = 0; i < ids.length; i += BATCH) {
      long[][] batch = java.util.Arrays.copyOfRange(ids, i, Math.min(ids.length, i + BATCH));
      stream.add(Scope.run(() -> model.embed(model.ids(batch))));
    }
    return stream;
  }

  /** Runs every batch through {@code block} and frees what went in. */
  private static List<NDArray> advance(Block block, List<NDArray> stream, Pass pass) {
    List<NDArray> next = new ArrayList<>();
    for (NDArray x : stream) {
      Progress.check();
      next.add(block.forward(x, pass, Tap.NONE));
      x.close();
    }
    return next;
  }

  private Map<Role, Linear> compress(Block block, List<NDArray> stream, Pass pass) {
    Map<String, S> seen = observe(block);
    try (Scope scope = new Scope()) {
      gather(block, stream, pass, seen);
      Map<Role, Linear> changed = new EnumMap<>(Role.class);
      for (List<Role> group : block.inputs()) {
        Progress.check();
        changed.putAll(compress(block, group, seen.get(block.name(group.get(0)))));
      }
      changed.values().forEach(layer -> scope.keep(layer.arrays()));
      return changed;
    } finally {
      seen.values().forEach(Statistic::close);
    }
  }

  private Map<String, S> observe(Block block) {
    Map<String, S> seen = new HashMap<>();
    block.inputs().stream().map(group -> group.get(0)).forEach(role ->
        seen.put(block.name(role), methods.at(block.index(), role).observe(block.layer(role))));
    return seen;
  }

  private void gather(Block block, List<NDArray> stream, Pass pass, Map<String, S> seen) {
    for (NDArray x : stream) {
      Progress.check();
      try (Scope scope = new Scope()) {
        block.forward(x, pass, (layer, input) -> seen.get(layer).see(input));
      }
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
