package secateur.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Supplier;
import secateur.tensor.Probed.Absent;
import secateur.tensor.Probed.Present;

/**
 * Products with 2:4 weights by PyTorch's cuSPARSELt operators: float16, on a GPU, where PyTorch was built with them. Sources in
 * {@code semi_structured.py}, which is loaded when it is first asked for.
 */
public final class SemiStructured {

  private static final int MULTIPLE = 16; // torch.sparse.SparseSemiStructuredTensorCUSPARSELT, float16
  private static final int PROBE = 64;
  private static final double TOLERANCE = 1e-2;
  private static final int SIDE = 4096;
  private static final int TOKENS = 512;
  private static final int ROUNDS = 3;

  private static final ByDevice<Probed<SemiStructured>> PROBED = new ByDevice<>(() -> Devices.current().isGpu() ? probe()
      : new Absent<>("cuSPARSELt wants a GPU, models compute on " + Devices.describe()));

  private final Script script;

  SemiStructured(Script script) {
    this.script = script;
  }

  /** Found out once on each device, with a small product and, where that is right, the time of a large one. */
  public static Probed<SemiStructured> probed() {
    return PROBED.here();
  }

  /** Whether the operators take weights of {@code type} and {@code shape} (out, in). */
  public static boolean fits(DataType type, Shape shape) {
    return type == DataType.FLOAT16 && shape.get(0) % MULTIPLE == 0 && shape.get(1) % MULTIPLE == 0;
  }

  /** Loads the operators and tries them, wherever models compute. */
  static Probed<SemiStructured> probe() {
    String step = "loading _cslt_compress and _cslt_sparse_mm";
    try (Scope scope = new Scope()) {
      SemiStructured operators = new SemiStructured(Script.of("semi_structured"));
      NDArray w = Devices.manager().arange(PROBE * PROBE).reshape(PROBE, PROBE).mod(7).sub(3);
      NDArray half = w.mul(Masks.nOfM(w.abs(), 2, 4)).toType(DataType.FLOAT16, false);
      NDArray x = Devices.manager().arange(3 * PROBE).reshape(3, PROBE).mod(5).sub(2).toType(DataType.FLOAT16, false);
      NDArray bias = Devices.manager().arange(PROBE).toType(DataType.FLOAT16, false);
      step = "_cslt_compress";
      NDArray compressed = operators.compress(half);
      step = "_cslt_sparse_mm";
      NDArray error = operators.product(compressed, x, bias).sub(Nn.linear(x, half, bias)).toType(DataType.FLOAT32, false).abs().max();
      return error.getFloat() <= TOLERANCE ? operators.timed() : new Absent<>(step + " is wrong by " + error.getFloat());
    } catch (EngineException | UncheckedIOException e) {
      return new Absent<>(step + ": " + e.getMessage());
    }
  }

  private Probed<SemiStructured> timed() {
    NDArray w = Devices.manager().create(new float[] {1, 0, 0, 1}).tile(new long[] {SIDE, SIDE / 4}).toType(DataType.FLOAT16, false);
    NDArray x = Devices.manager().ones(new Shape(TOKENS, SIDE), DataType.FLOAT16);
    NDArray compressed = compress(w);
    NDArray bits = Bitmasks.pairs(w);
    NDArray values = Bitmasks.select(w, bits).reshape(SIDE, SIDE / 2);
    return verdict(milliseconds(() -> product(compressed, x, null)), milliseconds(() -> Nn.linear(x, Bitmasks.fill(values, bits, SIDE), null)));
  }

  /** Times of one product, in milliseconds. */
  Probed<SemiStructured> verdict(double operators, double unpacking) {
    return operators < unpacking ? new Present<>(this) : new Absent<>(String.format(Locale.ROOT,
        "_cslt_sparse_mm takes %.1f ms for %d tokens through a %d x %d matrix, unpacking it and multiplying %.1f ms", operators, TOKENS, SIDE, SIDE, unpacking));
  }

  private static double milliseconds(Supplier<NDArray> product) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      product.get().get("0, 0").toType(DataType.FLOAT32, false).getFloat(); // waits for the device
      least = Math.min(least, (System.nanoTime() - begun) / 1e6);
    }
    return least;
  }

  /** {@code matrix} (out, in), which {@link #fits fits}, in the library's own order: float16 (9/16 out in). */
  public NDArray compress(NDArray matrix) {
    return script.call("compress", matrix);
  }

  /** x W' + b (N, out) for float16 {@code x} (N, in); {@code bias} may be null. */
  public NDArray product(NDArray compressed, NDArray x, NDArray bias) {
    return bias == null ? script.call("product", compressed, x) : script.call("product_biased", compressed, x, bias);
  }
}
