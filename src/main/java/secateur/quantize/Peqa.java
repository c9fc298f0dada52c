package secateur.quantize;

import secateur.method.DataFree;
import secateur.method.Grid;
import secateur.method.Tuning;
import secateur.train.Adapter;

/**
 * Only the scales of a quantized model are trained (Kim et al., arXiv 2305.14152): W = (s0 + ds) (code - zero), codes and
 * zeros fixed. {@link Scales} saves those of one task and puts in those of another.
 *
 * @param grid of the layers that are not quantized yet, rounded to nearest first; others keep theirs
 * @param tuning how it trains
 */
public record Peqa(Grid grid, Tuning tuning) implements OnRounded<Peqa> {

  private static final double RATE = 1e-4;

  /** {@code bits} bits, one scale for each row, {@code steps} of 8 windows. */
  public Peqa(int bits, int steps) {
    this(new Grid(bits), Tuning.of(steps, RATE, 1).recomputed());
  }

  /** One scale for each {@code inputs} inputs of a row. */
  public Peqa group(int inputs) {
    return new Peqa(grid.group(inputs), tuning);
  }

  /** The zero fixed in the middle of the codes. */
  public Peqa symmetric() {
    return new Peqa(grid.symmetric(), tuning);
  }

  @Override
  public Peqa tuning(Tuning other) {
    return new Peqa(grid, other);
  }

  @Override
  public DataFree rounding() {
    return new Rtn(grid);
  }

  @Override
  public Adapter adapter() {
    return new Scales(grid);
  }

  @Override
  public String toString() {
    return "PEQA " + grid + " " + tuning;
  }
}
