package secateur.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;

/**
 * Absmax int8 matrices and their products: by PyTorch's {@code _int_mm} where it is there, else by float32 over runs of inputs
 * so short that the sums are exact. Both give the same bits. Sources in {@code int8.py} and {@code int8_mm.py}.
 */
public final class Int8 {

  private static final Script INT8 = Script.of("int8");
  private static final int MULTIPLE = 8; // at::native::_int_mm_out_cuda
  private static final int PROBE = 16;

  private static final ByDevice<Probed<Script>> PROBED = new ByDevice<>(Int8::probe);

  /**
   * A matrix in int8, row by row.
   *
   * @param codes int8 (R, C), from -127 to 127, or as far as their bits go
   * @param scale float32 (R), max |row| over the largest code
   */
  public record Rows(NDArray codes, NDArray scale) {

    /** codes * scale, float32 (R, C). */
    public NDArray dequantized() {
      return INT8.call("dequantize", codes, scale);
    }
  }

  private Int8() {}

  /** Found out once on each device, with a small product. */
  public static Probed<?> probed() {
    return PROBED.here();
  }

  private static Probed<Script> probe() {
    try (Scope scope = new Scope()) {
      Script operator = Script.of("int8_mm");
      NDArray q = Devices.manager().arange(PROBE * PROBE).reshape(PROBE, PROBE).mod(255).sub(127).toType(DataType.INT8, false);
      boolean right = operator.call("sums", q, q).eq(exactSums(q, q)).all().getBoolean();
      return right ? new Probed.Present<>(operator) : new Probed.Absent<>("_int_mm gives a wrong product");
    } catch (EngineException | UncheckedIOException e) {
      return new Probed.Absent<>("_int_mm: " + e.getMessage());
    }
  }

  /** {@code matrix} (R, C) rounded to the nearest codes, each row with a scale of its own. */
  public static Rows rows(NDArray matrix) {
    return rows(matrix, Byte.SIZE);
  }

  /** The same with codes of {@code bits} bits, 2 to 8: from -t to t for t = 2^(bits - 1) - 1. */
  static Rows rows(NDArray matrix, int bits) {
    NDList rows = INT8.all("rows", matrix, Devices.scalar(bits));
    return new Rows(rows.get(0), rows.get(1));
  }

  /** x W' (N, R) float32, for {@code x} (N, C) rounded row by row, with the sums in int32. */
  public static NDArray product(NDArray x, Rows w) {
    Rows q = rows(x);
    boolean fits = w.codes.getShape().get(0) % MULTIPLE == 0 && w.codes.getShape().get(1) % MULTIPLE == 0;
    NDArray sums = fits && PROBED.here() instanceof Probed.Present<Script> present ? present.operator().call("sums", q.codes, w.codes) : exactSums(q.codes, w.codes);
    return INT8.call("scaled", sums, q.scale, w.scale);
  }

  /** q w' int32 (N, R) for int8 {@code q} (N, C) and {@code w} (R, C), without {@code _int_mm}. */
  static NDArray exactSums(NDArray q, NDArray w) {
    return INT8.call("sums", q, w);
  }

  /**
   * As {@link #product}, but columns of {@code x} in which any |x| reaches {@code threshold} are multiplied in the type of x
   * (Dettmers et al., arXiv 2208.07339, eq. 8).
   */
  public static NDArray decomposed(NDArray x, Rows w, double threshold) {
    NDArray columns = INT8.call("outliers", x, Devices.scalar(threshold));
    if (columns.size() == 0) {
      return product(x, w);
    }
    NDArray rest = product(INT8.call("without", x, columns), w);
    return rest.add(INT8.call("dense", x, w.codes, w.scale, columns).toType(DataType.FLOAT32, false));
  }

  /** max |x| over all tokens of {@code x} (…, C): (C) float32. */
  public static NDArray peaks(NDArray x) {
    return INT8.call("peaks", x);
  }

  /** {@code x} (…, C) as (N, C). */
  public static NDArray flat(NDArray x) {
    return x.reshape(new Shape(-1, x.getShape().get(x.getShape().dimension() - 1)));
  }
}
