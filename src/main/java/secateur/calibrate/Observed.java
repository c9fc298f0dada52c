package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** What was gathered of the inputs of all layers of a model as it is. */
public final class Observed<S extends Statistic> implements AutoCloseable {

  private static final int BATCH = 8;

  private final Map<String, S> seen = new HashMap<>();

  private Observed() {}

  /** Runs {@code text} through {@code model}; {@code observe} makes the statistic of a role in a block. */
  public static <S extends Statistic> Observed<S> of(Llm model, Windows text, BiFunction<Block, Role, S> observe) {
    Observed<S> observed = new Observed<>();
    for (Block block : model.blocks()) {
      block.inputs().forEach(group -> observed.seen.put(block.name(group.get(0)), observe.apply(block, group.get(0))));
    }
    long[][] ids = text.ids(model.tokenizerOrNull());
    try (Progress progress = Progress.of("activations", (ids.length + BATCH - 1) / BATCH)) {
      for (int i = 0; i < ids.length; i += BATCH) {
        observed.run(model, Arrays.copyOfRange(ids, i, Math.min(ids.length, i + BATCH)));
        progress.step();
      }
      return observed;
    } catch (RuntimeException | Error e) {
      observed.close();
      throw e;
    }
  }

  private void run(Llm model, long[][] ids) {
    try (Scope scope = new Scope()) {
      Pass pass = model.pass(ids[0].length);
      NDArray x = model.embed(model.ids(ids));
      for (Block block : model.blocks()) {
        Progress.check();
        x = block.forward(x, pass, (layer, input) -> seen.get(layer).see(input));
      }
    }
  }

  /** What {@code layer} saw; null for one that shares its input with another that was observed. */
  public S of(String layer) {
    return seen.get(layer);
  }

  @Override
  public void close() {
    seen.values().forEach(Statistic::close);
  }
}
