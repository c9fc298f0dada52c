package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;
import secateur.spec.Role;
import secateur.tensor.Nn;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * How much the loss rises when one part alone is taken from a compressed model.
 *
 * @param loss of the dense model, in nats per token
 * @param rise in nats per token, by block ({@code "0"}) or layer ({@code "0.q"}), in the order of the forward pass
 * @param protocol the text and its windows
 */
public record Sensitivity(double loss, Map<String, Double> rise, String protocol) {

  public Sensitivity {
    rise = Collections.unmodifiableMap(new LinkedHashMap<>(rise));
  }

  /** Of each block; {@code compressed} has as many, on a residual stream of one width, whatever their own widths. */
  public static Sensitivity ofBlocks(Llm dense, Llm compressed, Windows text) {
    return of(dense, compressed, text, (block, other) -> Map.of("" + block.index(), other));
  }

  /** Of each layer; those of {@code compressed} have the shapes of those of {@code dense}. */
  public static Sensitivity ofLayers(Llm dense, Llm compressed, Windows text) {
    return of(dense, compressed, text, Sensitivity::oneByOne);
  }

  /** {@code dense} with one layer of {@code other}, for each of them. */
  private static Map<String, Block> oneByOne(Block dense, Block other) {
    Map<String, Block> changed = new LinkedHashMap<>();
    for (Role role : dense.roles()) {
      Linear before = dense.layer(role);
      Linear after = other.layer(role);
      if (before.rows() != after.rows() || before.columns() != after.columns()) {
        throw new IllegalArgumentException("layer %s is (%d, %d) in one model and (%d, %d) in the other; layers can be taken one by one"
            .formatted(dense.name(role), before.rows(), before.columns(), after.rows(), after.columns())
            + " only where shapes are equal, blocks also where they are not");
      }
      changed.put(dense.name(role), dense.with(Map.of(role, after)));
    }
    return changed;
  }

  private static Sensitivity of(Llm dense, Llm compressed, Windows text, BiFunction<Block, Block, Map<String, Block>> parts) {
    check("blocks", dense.blocks().size(), compressed.blocks().size());
    check("channels", dense.spec().sizes().hidden(), compressed.spec().sizes().hidden());
    long[][] ids = text.ids(dense.tokenizerOrNull());
    int batch = Perplexity.batch(dense, ids);
    Map<String, Double> losses = new LinkedHashMap<>();
    try (Progress progress = Progress.of("sensitivity", (ids.length + batch - 1) / batch)) {
      for (int i = 0; i < ids.length; i += batch) {
        add(losses, dense, compressed, Arrays.copyOfRange(ids, i, Math.min(ids.length, i + batch)), parts);
        progress.step();
      }
    }
    losses.replaceAll((part, sum) -> sum / ids.length);
    double loss = losses.remove("");
    losses.replaceAll((part, each) -> each - loss);
    return new Sensitivity(loss, losses, text.protocol());
  }

  private static void check(String what, int dense, int compressed) {
    if (dense != compressed) {
      throw new IllegalArgumentException(
          "the models have " + dense + " and " + compressed + " " + what + "; a part can only be taken from one with as many");
    }
  }

  /** Adds the losses of {@code windows} with each part changed, and under "" with none. */
  private static void add(Map<String, Double> losses, Llm dense, Llm compressed, long[][] windows,
      BiFunction<Block, Block, Map<String, Block>> parts) {
    try (Scope scope = new Scope()) {
      NDArray ids = dense.ids(windows);
      Pass pass = new Pass(dense.spec(), windows[0].length);
      Pass other = new Pass(compressed.spec(), windows[0].length);
      NDArray x = dense.embed(ids);
      for (Block block : dense.blocks()) {
        for (var part : parts.apply(block, compressed.blocks().get(block.index())).entrySet()) {
          Progress.check();
          losses.merge(part.getKey(), loss(dense, ids, block.index() + 1, pass, part.getValue().forward(x, other, Tap.NONE)), Double::sum);
        }
        x = block.forward(x, pass, Tap.NONE);
      }
      losses.merge("", loss(dense, ids, dense.blocks().size(), pass, x), Double::sum);
    }
  }

  /** The summed loss of {@code ids} whose residual stream is {@code x} before block {@code from}; {@code x} is freed. */
  private static double loss(Llm model, NDArray ids, int from, Pass pass, NDArray x) {
    try (Scope scope = new Scope()) {
      NDArray h = x;
      for (Block block : model.blocks().subList(from, model.blocks().size())) {
        h = block.forward(h, pass, Tap.NONE);
      }
      double sum = 0;
      for (float loss : Nn.windowLoss(model.head(h), ids).toFloatArray()) {
        sum += loss;
      }
      return sum;
    } finally {
      x.close();
    }
  }
}
