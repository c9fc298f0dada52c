package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.Tap;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Optimizer;
import secateur.tensor.Scope;

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
      Pass pass = model.pass((int) ids.getShape().get(1));
      List<NDArray> stream = new ArrayList<>(); // (B, T, hidden) before each block, and after the last
      Gradients.none(() -> forward(model, ids, pass, stream));
      NDArray value = Devices.manager().zeros(new Shape()); // in PyTorch's memory: it outlives this
      NDArray gradient = top(stream, x -> Optimizer.overwrite(value, Gradients.add(() -> loss.apply(model.head(x))).stopGradient()));
      for (int i = model.blocks().size() - 1; i >= 0; i--) {
        Block block = model.blocks().get(i);
        NDArray above = gradient;
        gradient = top(stream, x -> Gradients.back(() -> block.forward(x, pass, Tap.NONE), above));
        above.close();
      }
      Gradients.back(() -> model.embed(ids), gradient);
      return value;
    }

    /** Takes the last of {@code stream} off and away; its gradient, which {@code back} adds. */
    private NDArray top(List<NDArray> stream, Consumer<NDArray> back) {
      try (NDArray kept = stream.remove(stream.size() - 1)) {
        return Scope.run(() -> {
          NDArray x = Gradients.trainable(kept);
          back.accept(x);
          return x.getGradient();
        });
      }
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
