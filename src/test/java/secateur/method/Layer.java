package secateur.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.stream.Stream;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.tensor.Devices;

/**
 * A layer with random weights and correlated inputs, the same for the same seed. Arrays belong to the caller's scope.
 *
 * @param seed also the seed of its name, which a failure shows
 */
public record Layer(long seed, int rows, int columns) {

  /** Shapes of every kind: one row, few columns, columns that 8 or 128 do not divide. */
  public static Stream<Layer> various() {
    Random random = new Random(20261123);
    Stream<Layer> odd = Stream.of(new Layer(1, 1, 128), new Layer(2, 1, 5), new Layer(3, 17, 3), new Layer(4, 6, 129));
    return Stream.concat(odd, Stream.generate(() -> new Layer(random.nextInt(), 1 + random.nextInt(40), 2 + random.nextInt(300))).limit(6));
  }

  /** Shapes that patterns of 2:4 and 4:8 and groups of 32 fit. */
  public static Stream<Layer> regular() {
    Random random = new Random(2026);
    return Stream.generate(() -> new Layer(random.nextInt(), 1 + random.nextInt(40), 32 * (1 + random.nextInt(9)))).limit(6);
  }

  private float[] normal(int size, long salt) {
    Random random = new Random(seed + salt);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static NDManager manager() {
    return Devices.manager();
  }

  /** W (rows, columns). */
  public NDArray weight() {
    return manager().create(normal(rows * columns, 0), new Shape(rows, columns)).mul(0.1);
  }

  /** X (2 columns + 64, columns): few directions carry most of it, and columns differ in size. */
  public NDArray inputs() {
    int tokens = 2 * columns + 64;
    int few = Math.max(1, columns / 4);
    NDArray common = manager().create(normal(tokens * few, 1), new Shape(tokens, few))
        .matMul(manager().create(normal(few * columns, 2), new Shape(few, columns)));
    NDArray own = manager().create(normal(tokens * columns, 3), new Shape(tokens, columns));
    NDArray size = manager().create(normal(columns, 4)).mul(0.7).exp();
    return common.add(own).mul(size);
  }

  /** {@code weight} as a layer with a bias. */
  public Linear of(NDArray weight) {
    return new Dense(weight, manager().create(normal((int) weight.getShape().get(0), 5)), DataType.FLOAT32);
  }

  /** The layer itself. */
  public Linear linear() {
    return of(weight());
  }

  /** |X (W - W')'|^2 / |X W'|^2. */
  public double error(Linear compressed) {
    return energy(weight().sub(compressed.weight())) / energy(weight());
  }

  private double energy(NDArray weight) {
    return inputs().matMul(weight.transpose()).square().sum().getFloat();
  }
}
