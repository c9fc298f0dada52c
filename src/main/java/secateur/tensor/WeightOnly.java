package secateur.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/**
 * Products with 4-bit codes by PyTorch's weight-only operator for the CPU, {@code _weight_int4pack_mm_for_cpu}: x and the scales
 * are rounded to bfloat16, sums are float32. Sources in {@code weight_only.py}, which is loaded when it is first asked for.
 */
public final class WeightOnly {

  private static final int[] BLOCKS = {64, 32, 16};
  private static final int ROWS = 64;
  private static final int[] SIZES = {256, 128, 64, 32};

  /** Of a code, at most. */
  public static final int BITS = 4;

  private static final double TOLERANCE = 0.02;

  private static Support support;

  /** Whether this process has the operator. */
  public sealed interface Support {}

  /** It gives the right product, from a layout that is known. */
  public record Present(WeightOnly operator) implements Support {}

  /**
   * It cannot be used.
   *
   * @param reason names the operator and what it said
   */
  public record Absent(String reason) implements Support {}

  private final Script script;
  private final int block;

  private WeightOnly(Script script, int block) {
    this.script = script;
    this.block = block;
  }

  /** Found out once, with a small product. */
  public static synchronized Support support() {
    if (support == null) {
      support = Devices.current().isGpu() ? new Absent("_weight_int4pack_mm_for_cpu computes on the CPU, models on " + Devices.describe()) : probe();
    }
    return support;
  }

  /** The inputs that the operator takes as one group where a row has {@code groups} of {@code columns}; 0 where it takes none. */
  public static int size(long rows, long columns, long groups) {
    long width = columns / groups;
    return rows % ROWS != 0 ? 0 : IntStream.of(SIZES).filter(size -> width % size == 0).findFirst().orElse(0);
  }

  private static Support probe() {
    String step = "loading _weight_int4pack_mm_for_cpu";
    try (Scope scope = new Scope()) {
      Script script = Script.of("weight_only");
      NDArray codes = Devices.manager().arange(ROWS * 2 * ROWS).reshape(2 * ROWS, ROWS).mul(7).mod(13).toType(DataType.UINT8, false);
      step = "_convert_weight_to_int4pack_for_cpu";
      NDArray packed = script.call("operator_pack", codes);
      step = "_weight_int4pack_mm_for_cpu";
      for (int block : BLOCKS) {
        WeightOnly operator = new WeightOnly(script, block);
        if (operator.pack(codes).contentEquals(packed)) {
          return operator.tried(codes);
        }
      }
      return new Absent("_convert_weight_to_int4pack_for_cpu has a layout that is not known");
    } catch (EngineException | UncheckedIOException e) {
      return new Absent(step + ": " + e.getMessage());
    }
  }

  private Support tried(NDArray codes) {
    NDArray scale = Devices.manager().full(new ai.djl.ndarray.types.Shape(codes.getShape().get(0), 1), 0.1f);
    NDArray zero = scale.mul(0).add(5).toType(DataType.UINT8, false);
    NDArray x = Devices.manager().arange(3 * ROWS).reshape(3, ROWS).toType(DataType.FLOAT32, false).mod(5).sub(2);
    NDArray y = Nn.linear(x, Bits.dequantize(codes, scale, zero, null), null);
    double error = product(x, pack(codes), ROWS, scales(scale, zero, 1)).sub(y).abs().max().div(y.abs().max()).getFloat();
    return error <= TOLERANCE ? new Present(this) : new Absent("_weight_int4pack_mm_for_cpu is wrong by " + 100 * error + "%");
  }

  /** uint8 {@code codes} (out, in) below 16 in the operator's layout, uint8 (out, in / 2). */
  public NDArray pack(NDArray codes) {
    return script.call("pack", codes, Devices.scalar(block));
  }

  /** What {@link #pack} packed. */
  public NDArray unpack(NDArray packed) {
    return script.call("unpack", packed, Devices.scalar(block));
  }

  /** {@code scale} and {@code zero} (out, G) as the operator reads them, each group cut into {@code pieces}: uint8 (G pieces, out, 4). */
  public NDArray scales(NDArray scale, NDArray zero, long pieces) {
    return script.call("scales", scale, zero, Devices.scalar(pieces));
  }

  /** x W' float32 (N, out) for {@code x} (N, in), with groups of {@code size} inputs. */
  public NDArray product(NDArray x, NDArray packed, long size, NDArray scales) {
    return script.call("product", x, packed, Devices.scalar(size), scales);
  }
}
