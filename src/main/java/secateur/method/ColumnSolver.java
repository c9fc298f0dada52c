package secateur.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import secateur.calibrate.Hessian;
import secateur.model.Linear;
import secateur.tensor.Columns;
import secateur.tensor.Columns.Fit;
import secateur.tensor.Columns.Removal;
import secateur.tensor.Columns.Rounding;
import secateur.tensor.Columns.Solution;

/**
 * Compresses layers that share an input column by column, each column's error made up for by those to come: what GPTQ
 * and SparseGPT have in common. The layers' rows are stacked, so that one Hessian, one factor and one loop serve them.
 */
public final class ColumnSolver {

  /** The papers' damping. */
  public static final double DAMP = 0.01;

  /** In which order columns are taken. */
  public enum Order {
    /** From left to right. */
    NATURAL,
    /** By descending diagonal of the Hessian. */
    ACTIVATION
  }

  /** When the grid of a group of columns is fitted. */
  public enum Groups {
    /** When its first column is reached, on weights that earlier columns have changed. */
    REFITTED,
    /** Before anything is changed, on columns that lie side by side. */
    STATIC
  }

  /**
   * What to do.
   *
   * @param damp added to the Hessian's diagonal, as a share of its mean
   * @param removal what goes
   * @param grid what the rest is rounded to, if at all
   */
  public record Plan(double damp, Removal removal, Optional<Grid> grid, Order order, Groups groups) {
    private int refit() {
      return groups == Groups.STATIC ? 0 : grid.map(Grid::size).orElse(0);
    }
  }

  /** Refuses a {@code damp} that is no share above 0. */
  public static void checkDamp(double damp) {
    if (!(damp > 0 && damp <= 1)) {
      throw new IllegalArgumentException("damp is " + damp + ", it must lie above 0 and not above 1");
    }
  }

  private final List<Linear> layers;
  private final Hessian hessian;
  private final NDArray weight; // (R, C)
  private final long[] bounds;

  /** For layers that all see what {@code hessian} saw. */
  public ColumnSolver(List<Linear> layers, Hessian hessian) {
    this.layers = layers;
    this.hessian = hessian;
    this.weight = NDArrays.concat(new NDList(layers.stream().map(Linear::weight).toList()), 0);
    this.bounds = new long[layers.size()];
    long rows = 0;
    for (int i = 0; i < bounds.length; i++) {
      rows += layers.get(i).rows();
      bounds[i] = rows;
    }
  }

  /** The layers compressed, in their order; what was zero before stays zero. */
  public List<Linear> solve(Plan plan) {
    NDArray order = plan.order() == Order.ACTIVATION ? hessian.diagonal().argSort(0, false) : null;
    NDArray stay = weight.neq(0).toType(DataType.FLOAT32, false).mul(hessian.alive());
    NDArray factor = Columns.inverseFactor(Columns.reorderSquare(hessian.matrix(), order), plan.damp());
    Columns.Stack stack = new Columns.Stack(Columns.reorder(weight, order), Columns.reorder(stay, order), bounds);
    Fit before = plan.refit() > 0 || plan.grid().isEmpty() ? null : fit(plan.grid().get());
    Solution solution = Columns.solve(stack, factor, plan.removal(), rounding(plan, before, order));
    NDArray result = Columns.restore(solution.weight(), order);
    if (plan.grid().isEmpty()) {
      return each((layer, rows) -> layer.withWeight(rows.of(result)));
    }
    Fit fit = before != null ? before : reached(solution.columns(), plan.refit());
    NDArray groups = before == null && order != null ? groups(order, plan.refit()) : null;
    return each((layer, rows) ->
        plan.grid().get().pack(layer, rows.of(result), new Fit(rows.of(fit.scale()), rows.of(fit.zero())), groups));
  }

  private Fit fit(Grid grid) {
    return Columns.fit(weight, grid.groups(weight.getShape().get(1)), grid.codes(layers.get(0)));
  }

  private Rounding rounding(Plan plan, Fit before, NDArray order) {
    if (plan.grid().isEmpty()) {
      return Rounding.none(weight);
    }
    Grid grid = plan.grid().get();
    grid.groups(weight.getShape().get(1));
    Fit columns = before == null ? new Fit(weight.transpose().zerosLike(), weight.transpose().zerosLike())
        : new Fit(byColumn(before.scale(), order), byColumn(before.zero(), order));
    return new Rounding(grid.codes(layers.get(0)), columns, plan.refit());
  }

  /** (R, G) to (C, R), in the order of the loop. */
  private NDArray byColumn(NDArray grouped, NDArray order) {
    long width = weight.getShape().get(1) / grouped.getShape().get(1);
    return Columns.reorder(grouped.repeat(1, width), order).transpose().duplicate();
  }

  /** (C, R) to (R, G): what the first column of each group had. */
  private static Fit reached(Fit columns, int size) {
    return new Fit(firsts(columns.scale(), size), firsts(columns.zero(), size));
  }

  private static NDArray firsts(NDArray byColumn, int size) {
    return byColumn.get("::" + size).transpose().duplicate();
  }

  /** Column order[i] belongs to group i / size. */
  private static NDArray groups(NDArray order, int size) {
    return order.argSort().div(size).floor().toType(DataType.INT64, false);
  }

  private interface Make {
    Linear layer(Linear from, Rows rows);
  }

  private record Rows(long from, long to) {
    NDArray of(NDArray stacked) {
      return stacked.get(from + ":" + to).duplicate();
    }
  }

  private List<Linear> each(Make make) {
    List<Linear> made = new ArrayList<>();
    for (int i = 0; i < bounds.length; i++) {
      made.add(make.layer(layers.get(i), new Rows(i == 0 ? 0 : bounds[i - 1], bounds[i])));
    }
    return made;
  }
}
