package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Scope;
import secateur.tensor.Memory;

/**
 * How large a model is.
 *
 * @param parameters numbers that the model consists of; a packed weight counts as one
 * @param weights those of them in the layers that methods work on
 * @param nonZeros of {@code weights}
 * @param bitsPerWeight 8 bytes on disk / weights, over those layers with their scales and zeros
 * @param memory bytes of everything in memory
 * @param disk bytes of all tensors on disk
 */
public record Size(long parameters, long weights, long nonZeros, double bitsPerWeight, long memory, long disk) {

  /** Counts {@code model}. */
  public static Size of(Llm model) {
    long weights = 0;
    long nonZeros = 0;
    long memory = 0;
    long disk = 0;
    for (Linear layer : model.layers().values()) {
      weights += layer.size();
      nonZeros += nonZeros(layer);
      memory += layer.bytes();
      disk += layer.storedBytes();
    }
    double bits = 8.0 * disk / weights;
    long biases = model.layers().values().stream().filter(l -> l.bias() != null).mapToLong(Linear::rows).sum();
    int stored = model.head().stored().getNumOfBytes();
    long others = 0;
    for (NDArray array : distinct(model)) {
      others += array.size();
      memory += Memory.bytes(array);
      disk += array.size() * stored;
    }
    return new Size(weights + biases + others, weights, nonZeros, bits, memory, disk);
  }

  /** Share of zeros among the weights of the layers. */
  public double sparsity() {
    return 1 - (double) nonZeros / weights;
  }

  /** Share of zeros of each layer, by name. */
  public static Map<String, Double> sparsityByLayer(Llm model) {
    Map<String, Double> sparsity = new java.util.LinkedHashMap<>();
    model.layers().forEach((name, layer) -> sparsity.put(name, 1 - (double) nonZeros(layer) / layer.size()));
    return sparsity;
  }

  /** 8 bytes on disk / weights of each layer, by name. */
  public static Map<String, Double> bitsByLayer(Llm model) {
    Map<String, Double> bits = new java.util.LinkedHashMap<>();
    model.layers().forEach((name, layer) -> bits.put(name, 8.0 * layer.storedBytes() / layer.size()));
    return bits;
  }

  private static long nonZeros(Linear layer) {
    try (Scope scope = new Scope()) {
      return layer.weight().neq(0).sum().toLongArray()[0];
    }
  }

  /** Arrays outside the layers, a shared one once; eps scalars are settings, not parameters. */
  private static Set<NDArray> distinct(Llm model) {
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    model.others().stream().filter(array -> array.getShape().dimension() > 0).forEach(arrays::add);
    return arrays;
  }
}
