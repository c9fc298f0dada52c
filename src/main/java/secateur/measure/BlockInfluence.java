package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;
import secateur.tensor.Columns;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** How much each block turns the residual stream (Men et al., ShortGPT, arXiv 2403.03853, eq. 1). */
public final class BlockInfluence {

  private static final int BATCH = 8;

  private BlockInfluence() {}

  /** BI_i = 1 - mean over tokens of cos(x_i, x_i+1), x_i what enters block i: one for each block, from 0 to 2. */
  public static double[] of(Llm model, Windows text) {
    long[][] ids = text.ids(model.tokenizerOrNull());
    double[] cosines = new double[model.blocks().size()];
    for (int i = 0; i < ids.length; i += BATCH) {
      add(cosines, model, Arrays.copyOfRange(ids, i, Math.min(ids.length, i + BATCH)));
    }
    double tokens = (double) ids.length * ids[0].length;
    return Arrays.stream(cosines).map(sum -> 1 - sum / tokens).toArray();
  }

  private static void add(double[] cosines, Llm model, long[][] ids) {
    try (Scope scope = new Scope()) {
      Pass pass = model.pass(ids[0].length);
      NDArray x = model.embed(model.ids(ids));
      for (Block block : model.blocks()) {
        Progress.check();
        NDArray y = block.forward(x, pass, Tap.NONE);
        cosines[block.index()] += Columns.cosineSum(x, y);
        x = y;
      }
    }
  }
}
