package secateur.prune;

import java.util.List;
import java.util.Optional;
import secateur.method.ByColumn;
import secateur.method.ColumnSolver;
import secateur.method.ColumnSolver.Groups;
import secateur.method.ColumnSolver.Order;
import secateur.method.ColumnSolver.Plan;
import secateur.method.Grid;
import secateur.method.Sparsity;
import secateur.model.Linear;
import secateur.tensor.Columns.Removal;

/**
 * Removes weights column by column, and lets the columns to come make up for the error (Frantar and Alistarh, arXiv
 * 2301.00774, algorithm 1): in each block of 128 columns those with the smallest w^2 / [U_jj]^2 go, U the upper Cholesky
 * factor of the inverse Hessian. With a grid, what stays is rounded in the same pass (section 3.5).
 *
 * @param sparsity a share of each matrix, or n:m
 * @param grid what the remaining weights are rounded to, or empty
 * @param damp what is added to the Hessian's diagonal, as a share of its mean
 */
public record SparseGpt(Sparsity sparsity, Optional<Grid> grid, double damp) implements ByColumn {

  public SparseGpt {
    ColumnSolver.checkDamp(damp);
    if (!(sparsity instanceof Sparsity.PerMatrix) && !(sparsity instanceof Sparsity.Pattern)) {
      throw new IllegalArgumentException("SparseGPT removes a share of each matrix or keeps n of m, not " + sparsity
          + "; allowed are perMatrix and nm");
    }
  }

  /** Removes {@code share} of each matrix. */
  public SparseGpt(double share) {
    this(Sparsity.perMatrix(share), Optional.empty(), ColumnSolver.DAMP);
  }

  /** Keeps {@code n} of every {@code m} consecutive inputs. */
  public SparseGpt(int n, int m) {
    this(Sparsity.nm(n, m), Optional.empty(), ColumnSolver.DAMP);
  }

  /** Also rounds what stays to {@code bits} bits, one grid for each row. */
  public SparseGpt bits(int bits) {
    return onto(new Grid(bits));
  }

  /** Also rounds what stays to {@code other}. */
  public SparseGpt onto(Grid other) {
    return new SparseGpt(sparsity, Optional.of(other), damp);
  }

  /** Adds {@code share} of the mean diagonal to the Hessian's. */
  public SparseGpt damped(double share) {
    return new SparseGpt(sparsity, grid, share);
  }

  @Override
  public Plan plan(List<Linear> layers) {
    return new Plan(damp, removal(layers), grid, Order.NATURAL, Groups.STATIC);
  }

  private Removal removal(List<Linear> layers) {
    if (sparsity instanceof Sparsity.Pattern pattern) {
      pattern.fits(layers.get(0).columns());
      return new Removal(0, pattern.n(), pattern.m());
    }
    return new Removal(((Sparsity.PerMatrix) sparsity).share(), 0, 0);
  }

  @Override
  public String toString() {
    return "SparseGPT " + sparsity + grid.map(g -> " " + g).orElse("");
  }
}
