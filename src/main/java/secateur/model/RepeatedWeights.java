package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import secateur.spec.Spec;
import secateur.tensor.Devices;

/** {@link RandomWeights} that are drawn for the first block and copied for the others: of a large model's size in little time. */
final class RepeatedWeights implements Weights {

  private final RandomWeights first;
  private final Map<String, NDArray> drawn = new HashMap<>();

  RepeatedWeights(Spec spec, long seed) {
    this.first = new RandomWeights(spec, seed);
  }

  @Override
  public long vocabulary(String name) {
    return first.vocabulary(name);
  }

  @Override
  public long rows(String module) {
    return first.rows(module);
  }

  @Override
  public DataType stored(String name, NDArray matrix) {
    return first.stored(name, matrix);
  }

  @Override
  public Linear linear(String module, Shape shape, boolean biased) {
    return dense(module, shape, biased, false);
  }

  @Override
  public Dense dense(String module, Shape shape, boolean biased, boolean turned) {
    NDArray bias = biased ? vector(module + ".bias", shape.get(0), Devices.activations()) : null;
    return new Dense(matrix(module + ".weight", shape), bias, DataType.FLOAT16);
  }

  @Override
  public NDArray matrix(String name, Shape shape) {
    NDArray known = drawn.get(inFirst(name));
    if (known != null) {
      return known.duplicate();
    }
    NDArray matrix = first.matrix(inFirst(name), shape);
    drawn.put(inFirst(name), matrix);
    return matrix;
  }

  @Override
  public NDArray vector(String name, long length, DataType type) {
    return first.vector(name, length, type);
  }

  /** The tensor of block 0 that {@code name} is in its block. */
  private static String inFirst(String name) {
    return name.replaceFirst("\\.\\d+\\.", ".0.");
  }
}
