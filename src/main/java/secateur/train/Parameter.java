package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.model.Llm;
import secateur.tensor.Optimizer;
import secateur.tensor.Scope;

/**
 * One array in training with its moments.
 *
 * @param name unique in its model, the same in every run
 * @param value float32, requires a gradient
 * @param first moment, of the same shape, where {@link Moments} has it
 * @param second moment, likewise
 */
record Parameter(String name, NDArray value, NDArray first, NDArray second) {

  /** All arrays of {@code model} and {@code beside} it that require gradients, each once, {@code moments} zero; close them with {@link #close}. */
  static List<Parameter> of(Llm model, Map<String, NDArray> beside, Moments moments) {
    List<Parameter> parameters = new ArrayList<>();
    Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, List<NDArray>> arrays = new LinkedHashMap<>();
    model.layers().forEach((name, layer) -> arrays.put(name, layer.arrays()));
    arrays.put("others", model.others());
    new TreeMap<>(beside).forEach((name, array) -> arrays.put("beside/" + name, List.of(array)));
    arrays.forEach((name, each) -> {
      for (int i = 0; i < each.size(); i++) {
        if (each.get(i).hasGradient() && seen.add(each.get(i))) {
          parameters.add(of(name + "#" + i, each.get(i), moments.home()));
        }
      }
    });
    return parameters;
  }

  private static Parameter of(String name, NDArray value, NDManager home) {
    return new Parameter(name, value, Scope.free(home.zeros(value.getShape())), Scope.free(home.zeros(value.getShape())));
  }

  /** Adds the square of its gradient's norm to {@code total} (1). */
  void addSquare(NDArray total) {
    Optimizer.addSquare(total, value.getGradient());
  }

  /** Moves by its gradient, which is zero afterwards; {@code step} counts from 1. */
  void move(AdamW settings, double rate, long step, NDArray squares) {
    double decay = value.getShape().dimension() > 1 ? settings.decay() : 0;
    double[] numbers = {rate, settings.beta1(), settings.beta2(), settings.eps(), decay, settings.clip(), step};
    settings.moments().lend(first, second, (m, v) -> Optimizer.adamw(new NDArray[] {value, value.getGradient(), m, v}, squares, numbers));
  }

  void close() {
    first.close();
    second.close();
  }
}
