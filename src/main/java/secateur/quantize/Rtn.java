package secateur.quantize;

import secateur.method.DataFree;
import secateur.method.Grid;
import secateur.model.Linear;

/**
 * Rounds every weight to the nearest code of its grid: Q = clamp(round(W / s) + z, 0, 2^b - 1), with s and z from the
 * smallest and largest weight of a row or group, or searched (the baseline of Frantar et al., arXiv 2210.17323).
 *
 * @param grid bits, groups, symmetry and range
 */
public record Rtn(Grid grid) implements DataFree {

  /** {@code bits} bits, one grid for each row. */
  public Rtn(int bits) {
    this(new Grid(bits));
  }

  /** One grid for each {@code inputs} inputs of a row. */
  public Rtn group(int inputs) {
    return new Rtn(grid.group(inputs));
  }

  /** The zero fixed in the middle of the codes. */
  public Rtn symmetric() {
    return new Rtn(grid.symmetric());
  }

  /** The range of each grid searched for the smallest error. */
  public Rtn mse() {
    return new Rtn(grid.mse());
  }

  @Override
  public void check(Linear layer) {
    grid.groups(layer.columns());
  }

  @Override
  public Linear compress(Linear layer) {
    return grid.round(layer, layer.weight());
  }

  @Override
  public String toString() {
    return "RTN " + grid;
  }
}
