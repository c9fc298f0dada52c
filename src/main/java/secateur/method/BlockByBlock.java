package secateur.method;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * The one driver of all one-shot methods (SparseGPT, GPTQ, Wanda): for each block, gather statistics of its layers'
 * inputs, compress it, run the calibration windows through what came out, go on. Embeddings and head stay.
 */
final class BlockByBlock {

  private static final int BATCH = 8;

  private final String label;
  private final BiFunction<Block, Inputs, Block> step;
  private final Llm model;
  private final Windows text;

  /** {@code step} makes of a block and its inputs the compressed block. */
  BlockByBlock(String label, BiFunction<Block, Inputs, Block> step, Llm model, Windows text) {
    this.label = label;
    this.step = step;
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
      Pass pass = model.pass(ids[0].length);
      List<NDArray> stream = embed(ids);
      List<Block> blocks = new ArrayList<>();
      for (Block block : model.blocks()) {
        Block compressed = compressed(block, stream, pass);
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

  /** What came up on the way is freed at once. */
  private Block compressed(Block block, List<NDArray> stream, Pass pass) {
    try (Scope scope = new Scope()) {
      Block compressed = step.apply(block, new Inputs(stream, pass));
      scope.keep(compressed.arrays());
      return compressed;
    }
  }
}
