package secateur.gguf;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** How much the errors of a sub-block's weights count in a fit. */
interface Weighting {

  /** 1. */
  Weighting EQUAL = (block, from, w) -> Arrays.fill(w, 1);

  /** |x|. */
  Weighting MAGNITUDE = (block, from, w) -> {
    for (int i = 0; i < w.length; i++) {
      w[i] = Math.abs(block.x[from + i]);
    }
  };

  /** The sub-block's root mean square + |x|. */
  Weighting LIFTED = (block, from, w) -> {
    float rms = (float) Math.sqrt(Block.sumOfSquares(block.x, from, w.length) / w.length);
    for (int i = 0; i < w.length; i++) {
      w[i] = rms + Math.abs(block.x[from + i]);
    }
  };

  /** x². */
  Weighting SQUARE = (block, from, w) -> {
    for (int i = 0; i < w.length; i++) {
      w[i] = block.x[from + i] * block.x[from + i];
    }
  };

  /** The importance g. */
  Weighting IMPORTANCE = (block, from, w) -> System.arraycopy(block.g, from, w, 0, w.length);

  /** g √(mean square of the row + x²). */
  Weighting BY_ROW = damped(Block::meanSquareOfRow);

  /** g √(mean square of the block + x²). */
  Weighting BY_BLOCK = damped(Block::meanSquare);

  /** g √(2 · mean square of the block + x²). */
  Weighting BY_TWICE_BLOCK = damped(block -> 2 * block.meanSquare());

  /** Weighs those from {@code from} on, as many as there is room for in {@code w}. */
  void weigh(Block block, int from, float[] w);

  private static Weighting damped(ToDoubleFunction<Block> level) {
    return (block, from, w) -> {
      float floor = (float) level.applyAsDouble(block);
      for (int i = 0; i < w.length; i++) {
        float x = block.x[from + i];
        w[i] = block.g[from + i] * (float) Math.sqrt(floor + x * x);
      }
    };
  }
}
