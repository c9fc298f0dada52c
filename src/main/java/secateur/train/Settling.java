package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.IdentityHashMap;
import java.util.Map;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;

/** The way back from {@link Opening}: copies that require no gradient. */
final class Settling implements Change {

  private final Adapter adapter;
  private final Map<NDArray, NDArray> copies = new IdentityHashMap<>();

  Settling(Adapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public Linear layer(String name, Linear layer) {
    return adapter.close(layer, array -> settle(array, Devices.activations()));
  }

  @Override
  public NDArray table(NDArray table) {
    return adapter.others() ? settle(table, Devices.activations()) : table;
  }

  @Override
  public NDArray norm(NDArray vector) {
    return adapter.others() ? settle(vector, DataType.FLOAT32) : vector;
  }

  private NDArray settle(NDArray array, DataType type) {
    return copies.computeIfAbsent(array, trained -> Gradients.settled(trained, type));
  }
}
