package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.IdentityHashMap;
import java.util.Map;
import secateur.model.Change;
import secateur.model.Linear;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;

/** Puts what was trained in the place of what it was made from, as copies that require no gradient; the rest is shared. */
final class Settling implements Change {

  private final Adapter adapter;
  private final Opening opening;
  private final Map<NDArray, NDArray> copies = new IdentityHashMap<>();

  Settling(Adapter adapter, Opening opening) {
    this.adapter = adapter;
    this.opening = opening;
  }

  @Override
  public Linear layer(String name, Linear layer) {
    return adapter.close(layer, opening.opened(name), array -> settle(array, Devices.activations()));
  }

  @Override
  public NDArray table(NDArray table) {
    return adapter.others() ? settle(opening.own(table), Devices.activations()) : table;
  }

  @Override
  public NDArray norm(NDArray vector) {
    return adapter.others() ? settle(opening.own(vector), DataType.FLOAT32) : vector;
  }

  private NDArray settle(NDArray array, DataType type) {
    return copies.computeIfAbsent(array, trained -> Gradients.settled(trained, type));
  }
}
