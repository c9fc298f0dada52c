package secateur.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import secateur.calibrate.Statistic;
import secateur.model.Linear;

/** Methods applied to one layer alone. */
public final class OneLayer {

  private OneLayer() {}

  /** {@code layer} compressed by {@code method}, which sees {@code inputs} (…, in). */
  public static Linear compress(Method method, Linear layer, NDArray inputs) {
    if (method instanceof DataFree free) {
      return free.compress(layer);
    }
    return calibrated((PerLayer<?>) method, layer, inputs);
  }

  private static <S extends Statistic> Linear calibrated(PerLayer<S> method, Linear layer, NDArray inputs) {
    try (S seen = method.observe(layer)) {
      seen.see(inputs);
      return method.compress(List.of(layer), seen).get(0);
    }
  }
}
