package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Optimizer;
import secateur.tensor.Scope;

/**
 * One array in training with its moments.
 *
 * @param name unique in its model, the same in every run
 * @param value float32, requires a gradient
 * @param first moment, of the same shape
 * @param second moment, of the same shape
 */
record Parameter(String name, NDArray value, NDArray first, NDArray second) {

  /** All arrays of {@code model} that require gradients, each once, moments zero; close them with {@link #close}. */
  static List<Parameter> of(Llm model) {
    List<Parameter> parameters = new ArrayList<>();
    Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map.Entry<String, Linear> each : model.layers().entrySet()) {
      collect(each.getKey(), each.getValue().arrays(), seen, parameters);
    }
    collect("others", model.others(), seen, parameters);
    return parameters;
  }

  private static void collect(String name, List<NDArray> arrays, Set<NDArray> seen, List<Parameter> parameters) {
    for (int i = 0; i < arrays.size(); i++) {
      NDArray array = arrays.get(i);
      if (array.hasGradient() && seen.add(array)) {
        parameters.add(new Parameter(name + "#" + i, array, Scope.free(array.zerosLike()), Scope.free(array.zerosLike())));
      }
    }
  }

  /** Adds the square of its gradient's norm to {@code total} (1). */
  void addSquare(NDArray total) {
    Optimizer.addSquare(total, value.getGradient());
  }

  /** Moves by its gradient, which is zero afterwards; {@code step} counts from 1. */
  void move(AdamW settings, double rate, long step, NDArray squares) {
    double decay = value.getShape().dimension() > 1 ? settings.decay() : 0;
    Optimizer.adamw(new NDArray[] {value, value.getGradient(), first, second}, squares,
        new double[] {rate, settings.beta1(), settings.beta2(), settings.eps(), decay, settings.clip(), step});
  }

  void close() {
    first.close();
    second.close();
  }
}
