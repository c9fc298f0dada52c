package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import secateur.spec.Names;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.tensor.Devices;

/**
 * Fresh weights as GPT-2 draws them: normal with deviation 0.02, the layers that write to the residual stream with
 * 0.02 / sqrt(2 blocks), norms one, biases zero. A tensor depends on the seed and the name it is drawn by alone.
 */
final class RandomWeights implements Weights {

  private static final double DEVIATION = 0.02;

  private final Spec spec;
  private final long seed;
  private final UnaryOperator<String> drawnBy;
  private final Set<String> residual = new HashSet<>();
  private final Map<String, NDArray> drawn = new HashMap<>();

  /** Each matrix is drawn by {@code drawnBy} of its name, and copied where that has been drawn before. */
  private RandomWeights(Spec spec, long seed, UnaryOperator<String> drawnBy) {
    this.spec = spec;
    this.seed = seed;
    this.drawnBy = drawnBy;
    Names names = spec.names();
    for (int block = 0; block < spec.sizes().layers(); block++) {
      residual.add(names.layer(block, Role.O) + ".weight");
      residual.add(names.layer(block, Role.DOWN) + ".weight");
    }
  }

  /** Each matrix by its own name. */
  static RandomWeights of(Spec spec, long seed) {
    return new RandomWeights(spec, seed, UnaryOperator.identity());
  }

  /** Those of every block as in the first: of a large model's size in little time. */
  static RandomWeights repeated(Spec spec, long seed) {
    return new RandomWeights(spec, seed, name -> name.replaceFirst("\\.\\d+\\.", ".0."));
  }

  @Override
  public long vocabulary(String name) {
    return spec.sizes().vocabulary();
  }

  /** The inner width of the MLP: of all layers only {@code up}'s is asked for. */
  @Override
  public long rows(String module) {
    return spec.inner();
  }

  @Override
  public DataType stored(String name, NDArray matrix) {
    return DataType.FLOAT16;
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
    String by = drawnBy.apply(name);
    NDArray matrix = drawn.containsKey(by) ? drawn.get(by).duplicate() : draw(by, shape);
    drawn.putIfAbsent(by, matrix);
    return matrix;
  }

  private NDArray draw(String name, Shape shape) {
    Random random = new Random(31 * seed + name.hashCode());
    double deviation = residual.contains(name) ? DEVIATION / Math.sqrt(2.0 * spec.sizes().layers()) : DEVIATION;
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Devices.manager().create(values, shape).toType(Devices.activations(), false);
  }

  @Override
  public NDArray vector(String name, long length, DataType type) {
    Shape shape = new Shape(length);
    return name.endsWith(".bias") ? Devices.manager().zeros(shape, type) : Devices.manager().ones(shape, type);
  }
}
