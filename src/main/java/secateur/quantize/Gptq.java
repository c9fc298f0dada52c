package secateur.quantize;

import java.util.List;
import java.util.Optional;
import secateur.method.ByColumn;
import secateur.method.ColumnSolver;
import secateur.method.ColumnSolver.Groups;
import secateur.method.ColumnSolver.Order;
import secateur.method.ColumnSolver.Plan;
import secateur.method.Grid;
import secateur.model.Linear;
import secateur.tensor.Columns.Removal;

/**
 * Rounds column by column, and lets the columns to come make up for the error (Frantar et al., arXiv 2210.17323,
 * algorithm 1): W_:,j: -= (w - q) / [U_jj] U_j,j: with U the upper Cholesky factor of the inverse Hessian.
 *
 * @param grid bits, groups, symmetry and range
 * @param order of the columns
 * @param groups when the grids of groups are fitted
 * @param damp what is added to the Hessian's diagonal, as a share of its mean
 */
public record Gptq(Grid grid, Order order, Groups groups, double damp) implements ByColumn {

  public Gptq {
    ColumnSolver.checkDamp(damp);
  }

  /** {@code bits} bits, one grid for each row, columns from left to right. */
  public Gptq(int bits) {
    this(new Grid(bits), Order.NATURAL, Groups.REFITTED, ColumnSolver.DAMP);
  }

  /** One grid for each {@code inputs} inputs of a row. */
  public Gptq group(int inputs) {
    return new Gptq(grid.group(inputs), order, groups, damp);
  }

  /** The zero fixed in the middle of the codes. */
  public Gptq symmetric() {
    return new Gptq(grid.symmetric(), order, groups, damp);
  }

  /** The range of each grid searched for the smallest error. */
  public Gptq mse() {
    return new Gptq(grid.mse(), order, groups, damp);
  }

  /** Columns by descending diagonal of the Hessian. */
  public Gptq actOrder() {
    return new Gptq(grid, Order.ACTIVATION, groups, damp);
  }

  /** The grids of all groups fitted first, so that groups lie side by side whatever the order. */
  public Gptq staticGroups() {
    return new Gptq(grid, order, Groups.STATIC, damp);
  }

  /** Adds {@code share} of the mean diagonal to the Hessian's. */
  public Gptq damped(double share) {
    return new Gptq(grid, order, groups, share);
  }

  @Override
  public Plan plan(List<Linear> layers) {
    return new Plan(damp, Removal.NONE, Optional.of(grid), order, groups);
  }

  @Override
  public String toString() {
    return "GPTQ " + grid + (order == Order.ACTIVATION ? " act-order" : "")
        + (groups == Groups.STATIC ? " static" : "");
  }
}
