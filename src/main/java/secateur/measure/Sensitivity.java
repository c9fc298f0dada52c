package secateur.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
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
    return of(dense, compressed, text, new Question((block, other) -> Map.of("" + block.index(), other), Sensitivity::crossEntropy));
  }

  /** Of each layer; those of {@code compressed} have the shapes of those of {@code dense}. */
  public static Sensitivity ofLayers(Llm dense, Llm compressed, Windows text) {
    return of(dense, compressed, text, new Question(Sensitivity::oneByOne, Sensitivity::crossEntropy));
  }

  /**
   * Of each layer, as the divergence KL(dense || changed) of the next token's distribution in place of the rise in loss: what the rise
   * is expected to be where the dense model is right, never below 0, and steady on few windows. {@link #loss} is 0.
   */
  public static Sensitivity ofLayersByDivergence(Llm dense, Llm compressed, Windows text) {
    return of(dense, compressed, text, new Question(Sensitivity::oneByOne, Sensitivity::divergence));
  }

  /** The sum over windows of the mean over tokens. */
  private interface Score {
    double of(NDArray logits);
  }

  /** What is changed in a block, and what is measured on token ids. */
  private record Question(BiFunction<Block, Block, Map<String, Block>> parts, BiFunction<Llm, NDArray, Score> score) {}

  private static Score crossEntropy(Llm dense, NDArray ids) {
    return logits -> sum(Nn.windowLoss(logits, ids));
  }

  private static Score divergence(Llm dense, NDArray ids) {
    NDArray expected = dense.forward(ids).toType(DataType.FLOAT32, false).logSoftmax(-1);
    NDArray weights = expected.exp();
    long tokens = ids.getShape().get(1);
    return logits -> sum(expected.sub(logits.toType(DataType.FLOAT32, false).logSoftmax(-1)).mul(weights).sum(new int[] {1, 2})) / tokens;
  }

  private static double sum(NDArray windows) {
    double sum = 0;
    for (float each : windows.toFloatArray()) {
      sum += each;
    }
    return sum;
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

  private static Sensitivity of(Llm dense, Llm compressed, Windows text, Question question) {
    check("blocks", dense.blocks().size(), compressed.blocks().size());
    check("channels", dense.spec().sizes().hidden(), compressed.spec().sizes().hidden());
    long[][] ids = text.ids(dense.tokenizerOrNull());
    int batch = Perplexity.batch(dense, ids);
    Map<String, Double> losses = new LinkedHashMap<>();
    try (Progress progress = Progress.of("sensitivity", (ids.length + batch - 1) / batch)) {
      for (int i = 0; i < ids.length; i += batch) {
        add(losses, dense, compressed, Arrays.copyOfRange(ids, i, Math.min(ids.length, i + batch)), question);
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
  private static void add(Map<String, Double> losses, Llm dense, Llm compressed, long[][] windows, Question question) {
    try (Scope scope = new Scope()) {
      NDArray ids = dense.ids(windows);
      Score score = question.score().apply(dense, ids);
      Pass pass = dense.pass(windows[0].length);
      Pass other = compressed.pass(windows[0].length);
      NDArray x = dense.embed(ids);
      for (Block block : dense.blocks()) {
        for (var part : question.parts().apply(block, compressed.blocks().get(block.index())).entrySet()) {
          Progress.check();
          losses.merge(part.getKey(), loss(dense, score, block.index() + 1, pass, part.getValue().forward(x, other, Tap.NONE)), Double::sum);
        }
        x = block.forward(x, pass, Tap.NONE);
      }
      losses.merge("", loss(dense, score, dense.blocks().size(), pass, x), Double::sum);
    }
  }

  /** The score of what comes out where the residual stream is {@code x} before block {@code from}; {@code x} is freed. */
  private static double loss(Llm model, Score score, int from, Pass pass, NDArray x) {
    try (Scope scope = new Scope()) {
      NDArray h = x;
      for (Block block : model.blocks().subList(from, model.blocks().size())) {
        h = block.forward(h, pass, Tap.NONE);
      }
      return score.of(model.head(h));
    } finally {
      x.close();
    }
  }
}
