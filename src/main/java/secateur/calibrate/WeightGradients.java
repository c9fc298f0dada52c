package secateur.calibrate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import secateur.model.Change;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Trainable;
import secateur.tensor.Gradients;
import secateur.tensor.Optimizer;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/** Gradients of the loss of a few samples with respect to the weights of all layers, float32; they live until this is closed. */
public final class WeightGradients implements AutoCloseable {

  private final Map<String, NDArray> first = new HashMap<>();
  private final Map<String, NDArray> second = new HashMap<>();

  private WeightGradients() {}

  /**
   * The gradients of the mean next-token loss of each of {@code samples}, ids (T) each.
   *
   * @param squares whether {@link #second} will be asked for
   */
  public static WeightGradients of(Llm model, long[][] samples, boolean squares) {
    WeightGradients gradients = new WeightGradients();
    try (Scope scope = new Scope(); Llm open = model.map(new Opened()); Progress progress = Progress.of("gradients", samples.length)) {
      for (long[] sample : samples) {
        try (Scope own = new Scope()) {
          Gradients.add(() -> open.loss(open.ids(new long[][] {sample})).mean());
          open.layers().forEach((name, layer) -> gradients.take(name, ((Trainable) layer).matrix(), squares, samples.length));
        }
        progress.step();
      }
      return gradients;
    } catch (RuntimeException | Error e) {
      gradients.close();
      throw e;
    }
  }

  private void take(String layer, NDArray matrix, boolean squares, int samples) {
    NDArray gradient = matrix.getGradient();
    add(first, layer, gradient.div(samples));
    if (squares) {
      add(second, layer, gradient.square().div(samples));
    }
    Optimizer.clear(gradient);
  }

  private static void add(Map<String, NDArray> sums, String layer, NDArray more) {
    NDArray sum = sums.get(layer);
    if (sum == null) {
      sums.put(layer, Scope.free(more));
    } else {
      sum.addi(more);
    }
  }

  /** The mean gradient of {@code layer} over all samples, (out, in). */
  public NDArray first(String layer) {
    return first.get(layer);
  }

  /** The mean of the squared gradients of the samples, (out, in): the diagonal of the Fisher information as it is estimated. */
  public NDArray second(String layer) {
    return second.get(layer);
  }

  @Override
  public void close() {
    first.values().forEach(NDArray::close);
    second.values().forEach(NDArray::close);
  }

  /** Layers of the blocks require gradients; what stands around them computes in float32. */
  private static final class Opened implements Change {

    private final Map<NDArray, NDArray> tables = new IdentityHashMap<>();

    @Override
    public Linear layer(String name, Linear layer) {
      if (!name.contains(".")) {
        Dense dense = (Dense) layer;
        return new Dense(table(dense.matrix()), dense.bias(), dense.stored());
      }
      return new Trainable(Gradients.trainable(layer.weight()), layer.bias(), layer.stored());
    }

    @Override
    public NDArray table(NDArray table) {
      return tables.computeIfAbsent(table, whole -> whole.toType(DataType.FLOAT32, false));
    }

    @Override
    public NDArray norm(NDArray vector) {
      return vector;
    }
  }
}
