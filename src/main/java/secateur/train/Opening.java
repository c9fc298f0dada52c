package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.IdentityHashMap;
import java.util.Map;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.tensor.Gradients;

/** Replaces what an adapter trains by copies that require gradients; arrays that were one stay one. */
final class Opening implements Change {

  private final Adapter adapter;
  private final Map<NDArray, NDArray> copies = new IdentityHashMap<>();

  Opening(Adapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public Linear layer(String name, Linear layer) {
    return adapter.open(name, layer, this::own);
  }

  @Override
  public NDArray table(NDArray table) {
    return adapter.others() ? own(table) : table;
  }

  @Override
  public NDArray norm(NDArray vector) {
    return adapter.others() ? own(vector) : vector;
  }

  private NDArray own(NDArray array) {
    return copies.computeIfAbsent(array, Gradients::trainable);
  }
}
