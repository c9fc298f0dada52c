package secateur.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import secateur.tensor.Columns.Fit;
import secateur.tensor.Probed.Absent;
import secateur.tensor.Probed.Present;

/**
 * Products with 4-bit codes by PyTorch's weight-only operators, {@code _weight_int4pack_mm} and, on the CPU,
 * {@code _weight_int4pack_mm_for_cpu}: x and the scales are rounded to bfloat16, sums are float32. Sources in
 * {@code weight_only_cuda.py} and {@code weight_only_cpu.py}, loaded when they are first asked for.
 */
public final class WeightOnly {

  /**
   * The operator of one kind of device.
   *
   * @param topic of its sources
   * @param name of the operator
   * @param rows outputs come in multiples of it
   * @param tiles that its layout may have
   * @param few tokens, at most, for which it is faster than unpacking
   */
  private record Kind(String topic, String name, int rows, List<Integer> tiles, int few) {}

  private static final Kind CPU = new Kind("weight_only_cpu", "_weight_int4pack_mm_for_cpu", 64, List.of(64, 32, 16), 127);
  private static final Kind CUDA = new Kind("weight_only_cuda", "_weight_int4pack_mm", 8, List.of(2), 256);
  private static final int[] SIZES = {256, 128, 64, 32};
  private static final double TOLERANCE = 0.02;
  private static final int SIDE = 64;

  /** Of a code, at most. */
  public static final int BITS = 4;

  private static final ByDevice<Probed<WeightOnly>> PROBED = new ByDevice<>(() -> probe(Devices.current().isGpu() ? CUDA : CPU));

  /**
   * A matrix (out, in), or the sum of two, of codes below 16.
   *
   * @param codes in the operator's layout, (digits out, in)
   * @param scales bfloat16 (in / size, out, 2) or (in / size, 2, out, 2), which DJL has no name for
   * @param size inputs of a group, as the operator sees it
   */
  public record Matrix(NDArray codes, NDArray scales, long size) {

    /** How many matrices it is the sum of, 1 or 2. */
    public int digits() {
      return scales.getShape().dimension() - 2;
    }
  }

  private final Kind kind;
  private final Script script;
  private final int tile;

  private WeightOnly(Kind kind, Script script, int tile) {
    this.kind = kind;
    this.script = script;
    this.tile = tile;
  }

  /** Found out once on each device, with a small product. */
  public static Probed<WeightOnly> probed() {
    return PROBED.here();
  }

  private static Probed<WeightOnly> probe(Kind kind) {
    try (Scope scope = new Scope()) {
      Script script = Script.of(kind.topic);
      NDArray codes = Devices.manager().arange(SIDE * 2 * SIDE).reshape(2 * SIDE, SIDE).mul(7).mod(13).toType(DataType.UINT8, false);
      for (int tile : kind.tiles) {
        WeightOnly operator = new WeightOnly(kind, script, tile);
        if (operator.packed(codes).contentEquals(script.call("operator_pack", codes, Devices.scalar(tile)))) {
          return operator.tried(codes);
        }
      }
      return new Absent<>(kind.name + " has a layout that is not known");
    } catch (EngineException | UncheckedIOException e) {
      return new Absent<>(kind.name + ": " + e.getMessage());
    }
  }

  private Probed<WeightOnly> tried(NDArray codes) {
    NDArray scale = Devices.manager().full(new Shape(codes.getShape().get(0), 1), 0.1f);
    NDArray zero = scale.mul(0).add(5).toType(DataType.UINT8, false);
    NDArray x = Devices.manager().arange(3 * SIDE).reshape(3, SIDE).toType(DataType.FLOAT32, false).mod(5).sub(2);
    NDArray y = Nn.linear(x, Bits.dequantize(codes, scale, zero, null), null);
    double error = product(x, matrix(codes, new Fit(scale, zero), 1)).sub(y).abs().max().div(y.abs().max()).getFloat();
    return error <= TOLERANCE ? new Present<>(this) : new Absent<>(kind.name + " is wrong by " + 100 * error + "%");
  }

  /** Whether the operator takes matrices of {@code rows} outputs and {@code columns} inputs in {@code groups} a row. */
  public boolean fits(long rows, long columns, long groups) {
    return rows % kind.rows == 0 && size(columns / groups) > 0;
  }

  /** The inputs that the operator takes as one group of those that are {@code width} wide; 0 where it takes none. */
  private static long size(long width) {
    return IntStream.of(SIZES).filter(size -> width % size == 0).findFirst().orElse(0);
  }

  /** For uint8 {@code codes} (digits out, in) below 16, on {@code grid} (digits out, G), of 1 or 2 {@code digits}. */
  public Matrix matrix(NDArray codes, Fit grid, int digits) {
    long columns = codes.getShape().get(1);
    long size = size(columns / grid.scale().getShape().get(1));
    return new Matrix(packed(codes), scales(grid, columns / size, digits), size);
  }

  /** The codes of {@code matrix} on another {@code grid} (digits out, G). */
  public Matrix with(Matrix matrix, Fit grid) {
    return new Matrix(matrix.codes, scales(grid, matrix.scales.getShape().get(0), matrix.digits()), matrix.size);
  }

  private static NDArray scales(Fit grid, long groups, int digits) {
    return Bits.weightOnlyScales(grid.scale(), grid.zero(), groups / grid.scale().getShape().get(1), digits);
  }

  private NDArray packed(NDArray codes) {
    return script.call("pack", codes, Devices.scalar(tile));
  }

  /** The codes of {@code matrix}, uint8 (digits out, in). */
  public NDArray codes(Matrix matrix) {
    return script.call("unpack", matrix.codes, Devices.scalar(tile));
  }

  /** Whether {@code tokens} at once are multiplied sooner than with unpacked weights. */
  public boolean few(long tokens) {
    return tokens <= kind.few;
  }

  /** x W' (N, out) for {@code x} (N, in) and in its type. */
  public NDArray product(NDArray x, Matrix matrix) {
    return script.call("product", x, matrix.codes, matrix.scales, Devices.scalar(matrix.size));
  }

  @Override
  public String toString() {
    return kind.name;
  }
}
