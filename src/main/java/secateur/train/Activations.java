package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;
import secateur.tensor.Gradients;

/** What becomes of the numbers between layers until the backward pass needs them. */
public enum Activations {

  /** They are kept. */
  KEPT {
    @Override
    NDArray gradients(Llm model, NDArray ids, UnaryOperator<NDArray> loss) {
      return Gradients.add(() -> loss.apply(model.forward(ids)));
    }
  },

  /** Only those between blocks are kept; the rest is computed again, block by block (Chen et al., arXiv 1604.06174). */
  RECOMPUTED {
    @Override
    NDArray gradients(Llm model, NDArray ids, UnaryOperator<NDArray> loss) {
      Pass pass = new Pass(model.spec(), (int) ids.getShape().get(1));
      List<NDArray> stream = new ArrayList<>(); // (B, T, hidden) before each block, and after the last
      Gradients.none(() -> forward(model, ids, pass, stream));
      NDArray last = Gradients.trainable(stream.get(model.blocks().size()));
      NDArray value = Gradients.add(() -> loss.apply(model.head(last)));
      NDArray gradient = last.getGradient();
      for (int i = model.blocks().size() - 1; i >= 0; i--) {
        Block block = model.blocks().get(i);
        NDArray x = Gradients.trainable(stream.get(i));
        Gradients.back(() -> block.forward(x, pass, Tap.NONE), gradient);
        gradient = x.getGradient();
      }
      Gradients.back(() -> model.embed(ids), gradient);
      return value;
    }
  };

  /** Adds the gradients of {@code loss} of the logits (B, T, V) for {@code ids} (B, T); its value, a scalar. */
  abstract NDArray gradients(Llm model, NDArray ids, UnaryOperator<NDArray> loss);

  private static void forward(Llm model, NDArray ids, Pass pass, List<NDArray> stream) {
    stream.add(model.embed(ids));
    for (Block block : model.blocks()) {
      stream.add(block.forward(stream.get(stream.size() - 1), pass, Tap.NONE));
    }
  }
}
