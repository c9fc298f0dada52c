package secateur.quantize;

import ai.djl.ndarray.NDArray;
import secateur.method.DataFree;
import secateur.method.Grid;
import secateur.method.Grid.Range;
import secateur.model.Linear;
import secateur.model.Quantized;
import secateur.tensor.Bits;
import secateur.tensor.Columns;

/**
 * Half-quadratic quantization (Badri and Shaji, 2023, mobiusml.github.io/hqq_blog): Q = clamp(round(W / s + z), 0, 2^b - 1) with
 * s from the smallest and largest weight of a group and z a floating-point number that makes sum |W - s (Q - z)|^0.7 small, found in
 * at most 20 alternating steps; while all errors are below 10^(-1 / 1.3) = 0.17, z is that of least squares. A group with weights that
 * were removed gets a whole z, so that they stay 0.
 *
 * @param grid bits and groups
 */
public record Hqq(Grid grid) implements DataFree {

  /** Refuses a grid whose zero or range is fixed otherwise. */
  public Hqq {
    if (grid.centred() || grid.range() != Range.MIN_MAX) {
      throw new IllegalArgumentException("the grid of HQQ is '" + grid + "'; it has a zero of its own, so it can be neither symmetric nor MSE");
    }
  }

  /** 4 bits in groups of 64. */
  public Hqq() {
    this(4);
  }

  /** {@code bits} bits in groups of 64. */
  public Hqq(int bits) {
    this(new Grid(bits).group(64));
  }

  /** A grid for each {@code inputs} inputs of a row, 0 for the whole row. */
  public Hqq group(int inputs) {
    return new Hqq(grid.group(inputs));
  }

  @Override
  public void check(Linear layer) {
    grid.groups(layer.columns());
  }

  @Override
  public Linear compress(Linear layer) {
    NDArray weight = layer.weight();
    int groups = grid.groups(layer.columns());
    Columns.Fit fit = Columns.halfQuadratic(weight, groups, grid.codes(layer));
    NDArray whole = Bits.wholeWhereZero(weight, fit.zero(), Quantized.sideBySide(layer.columns(), groups), grid.bits());
    NDArray scale = fit.scale().toType(layer.stored(), false);
    NDArray zero = whole.toType(layer.stored(), false);
    NDArray codes = Bits.quantize(weight, scale, zero, null, grid.bits());
    return new Quantized(Quantized.Packed.of(codes, grid.bits()), scale, zero, null, layer.bias()).fastest();
  }

  @Override
  public String toString() {
    return "HQQ " + grid;
  }
}
