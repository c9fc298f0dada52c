package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import secateur.model.Linear;
import secateur.model.Rounded;
import secateur.tensor.Scope;

/** Whether weights of a layer have been removed. Zeros of a rounded matrix say nothing: rounding makes them too. */
final class Holes {

  private static final double BY_CHANCE = 0.001;

  private Holes() {}

  static boolean in(Linear layer) {
    if (layer instanceof Rounded) {
      return false;
    }
    try (Scope scope = new Scope()) {
      NDArray zeros = layer.weight().eq(0).toType(DataType.FLOAT32, false);
      return zeros.mean().getFloat() > BY_CHANCE;
    }
  }
}
