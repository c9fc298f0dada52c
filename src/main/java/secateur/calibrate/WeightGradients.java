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

  private final Llm open;
  private final int samples;
  private final Map<String, NDArray> squares = new HashMap<>();

  private WeightGradients(Llm open, int samples) {
    this.open = open;
    this.samples = samples;
  }

  /**
   * The gradients of the mean next-token loss of each of {@code samples}, ids (T) each.
   *
   * @param squared whether {@link #second} will be asked for, which takes as long again
   */
  public static WeightGradients of(Llm model, long[][] samples, boolean squared) {
    try (Progress progress = Progress.of("gradients", (squared ? 2 : 1) * samples.length)) {
      WeightGradients gradients = new WeightGradients(model.map(new Opened()), samples.length);
      try {
        for (int i = 0; squared && i < samples.length; i++) {
          gradients.back(samples[i]);
          gradients.open.layers().forEach(gradients::square);
          progress.step();
        }
        for (long[] sample : samples) {
          gradients.back(sample);
          progress.step();
        }
        return gradients;
      } catch (RuntimeException | Error e) {
        gradients.close();
        throw e;
      }
    }
  }

  private void back(long[] sample) {
    try (Scope scope = new Scope()) {
      Gradients.add(() -> open.loss(open.ids(new long[][] {sample})).mean());
    }
  }

  /** Takes the gradient of one sample in, and away. */
  private void square(String layer, Linear opened) {
    try (Scope scope = new Scope()) {
      NDArray gradient = ((Trainable) opened).matrix().getGradient();
      NDArray square = gradient.square().divi(samples);
      NDArray sum = squares.putIfAbsent(layer, square);
      if (sum == null) {
        Scope.free(square);
      } else {
        sum.addi(square);
      }
      Optimizer.clear(gradient);
    }
  }

  /** The mean gradient of {@code layer} over all samples, (out, in). */
  public NDArray first(String layer) {
    return ((Trainable) open.layer(layer)).matrix().getGradient().div(samples);
  }

  /** The mean of the squared gradients of the samples, (out, in): the diagonal of the Fisher information as it is estimated. */
  public NDArray second(String layer) {
    return squares.get(layer);
  }

  @Override
  public void close() {
    squares.values().forEach(NDArray::close);
    open.close();
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
