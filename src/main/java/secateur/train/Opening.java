package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.tensor.Gradients;

/**
 * Makes the model that is trained: what an adapter trains becomes copies that require gradients, and arrays that were one
 * stay one; what it does not train computes in float32.
 */
public final class Opening implements Change {

  private final Adapter adapter;
  private final Dropout dropout;
  private final Map<NDArray, NDArray> copies = new IdentityHashMap<>();
  private final Map<String, Linear> layers = new HashMap<>();

  Opening(Adapter adapter, Dropout dropout) {
    this.adapter = adapter;
    this.dropout = dropout;
  }

  /** A float32 copy of {@code array} that requires a gradient; the same copy each time. */
  public NDArray own(NDArray array) {
    return copies.computeIfAbsent(array, Gradients::trainable);
  }

  /** Dropout of {@code share} of what goes into {@code layer}, active in training steps only, the same when a step is repeated. */
  public UnaryOperator<NDArray> dropout(String layer, double share, long seed) {
    return dropout.of(layer, share, seed);
  }

  @Override
  public Linear layer(String name, Linear layer) {
    Linear opened = adapter.open(name, layer, this);
    layers.put(name, opened);
    return opened;
  }

  @Override
  public NDArray table(NDArray table) {
    return other(table);
  }

  @Override
  public NDArray norm(NDArray vector) {
    return other(vector);
  }

  private NDArray other(NDArray array) {
    return adapter.others() ? own(array) : array.toType(DataType.FLOAT32, false);
  }

  /** What became of the layer {@code name}. */
  Linear opened(String name) {
    return layers.get(name);
  }
}
