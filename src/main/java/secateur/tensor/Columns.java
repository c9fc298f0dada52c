package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Column-by-column compression with the error carried on; sources in {@code columns.py}. */
public final class Columns {

  private static final Script COLUMNS = Script.of("columns");

  private Columns() {}

  /** Sum of x x' over all tokens of {@code x} (…, C): (C, C) float32. */
  public static NDArray gram(NDArray x) {
    return COLUMNS.call("gram", x);
  }

  /** The diagonal of {@code square} (C, C): (C). */
  public static NDArray diagonal(NDArray square) {
    return COLUMNS.call("diagonal", square);
  }

  /** {@code x} (R, C) with its columns in {@code order} (C); as it is where that is null. */
  public static NDArray reorder(NDArray x, NDArray order) {
    return order == null ? x : COLUMNS.call("reorder", x, order);
  }

  /** {@code x} (C, C) with rows and columns in {@code order} (C); as it is where that is null. */
  public static NDArray reorderSquare(NDArray x, NDArray order) {
    return order == null ? x : COLUMNS.call("reorder_square", x, order);
  }

  /** Undoes {@link #reorder}. */
  public static NDArray restore(NDArray x, NDArray order) {
    return order == null ? x : COLUMNS.call("reorder", x, order.argSort());
  }

  /** Sum of squares over all tokens of {@code x} (…, C): (C) float32. */
  public static NDArray squareSum(NDArray x) {
    return COLUMNS.call("square_sum", x);
  }

  /** The Euclidean norm of each run of {@code width} features of {@code x} (…, C), summed over all tokens: (C / width) float32. */
  public static NDArray normSum(NDArray x, int width) {
    return COLUMNS.call("norm_sum", x, Devices.scalar(width));
  }

  /** The cosine between each token of {@code x} and of {@code y} (…, C), summed over all tokens. */
  public static double cosineSum(NDArray x, NDArray y) {
    return COLUMNS.call("cosine_sum", x, y).getFloat();
  }

  /**
   * The upper Cholesky factor of (H + damp mean(diag H) I)^-1, with 1 for zeros on the diagonal. The damping grows
   * tenfold, up to eight times, while H is not positive definite.
   */
  public static NDArray inverseFactor(NDArray hessian, double damp) {
    NDList result = COLUMNS.all("inverse_factor", hessian, Devices.scalar(damp));
    if (result.get(1).getInt() != 0) {
      throw new ArithmeticException("the Hessian of the inputs has no inverse, even with a damping of " + damp * 1e8
          + " of its mean diagonal; are the calibration windows all alike, or not finite?");
    }
    return result.get(0);
  }

  /**
   * A grid of codes.
   *
   * @param top the largest code, 2^bits - 1
   * @param symmetric whether the zero is fixed at (top + 1) / 2
   * @param stored the type that scales are rounded to
   * @param searched whether the range is shrunk for the smallest error
   */
  public record Codes(int top, boolean symmetric, DataType stored, boolean searched) {

    NDArray options() {
      return Devices.whole(top, symmetric ? 1 : 0, stored == DataType.FLOAT16 ? 16 : 32, searched ? 1 : 0);
    }
  }

  /**
   * Scales and zeros, as float32.
   *
   * @param scale by group (R, G) or by column (C, R)
   * @param zero of the same shape
   */
  public record Fit(NDArray scale, NDArray zero) {}

  /** Scales and zeros (R, G), min-max or searched, of the G groups that lie side by side in {@code weight} (R, C). */
  public static Fit fit(NDArray weight, int groups, Codes codes) {
    NDArray grouped = weight.reshape(weight.getShape().get(0), groups, -1);
    NDList fit = COLUMNS.all("fit", grouped, codes.options());
    return new Fit(fit.get(0), fit.get(1));
  }

  /**
   * Scales (R, G), min-max, and zeros with a fraction (R, G) that make sum |W - Q(W)|^0.7 small, by half-quadratic
   * splitting: of the G groups that lie side by side in {@code weight} (R, C).
   */
  public static Fit halfQuadratic(NDArray weight, int groups, Codes codes) {
    NDArray grouped = weight.reshape(weight.getShape().get(0), groups, -1);
    NDList fit = COLUMNS.all("half_quadratic", grouped, codes.options());
    return new Fit(fit.get(0), fit.get(1));
  }

  /**
   * What is removed on the way.
   *
   * @param share of each matrix in each block of columns, 0 for none
   * @param n kept of every
   * @param m columns of a row, 0 for no such pattern
   */
  public record Removal(double share, int n, int m) {

    /** Nothing is removed. */
    public static final Removal NONE = new Removal(0, 0, 0);

    /** Columns in a block: 128 as in the papers, or the nearest below that m divides. */
    int block() {
      return m == 0 ? 128 : Math.max(m, 128 - 128 % m);
    }
  }

  /**
   * How weights are rounded on the way.
   *
   * @param codes the grid
   * @param fixed scale and zero of each column (C, R)
   * @param refit columns of a group whose grid is fitted when it is reached, 0 where {@code fixed} holds
   */
  public record Rounding(Codes codes, Fit fixed, int refit) {

    /** Weights are not rounded. */
    public static Rounding none(NDArray like) {
      NDArray one = like.getManager().zeros(new Shape(1));
      return new Rounding(new Codes(0, false, DataType.FLOAT32, false), new Fit(one, one), 0);
    }
  }

  /**
   * Weights to be compressed together because they see the same inputs.
   *
   * @param weight W (R, C), matrices stacked by rows
   * @param mayStay 1 for weights that may stay, 0 for those removed before (R, C)
   * @param bounds the row after the last of each matrix
   */
  public record Stack(NDArray weight, NDArray mayStay, long[] bounds) {}

  /** The compressed weights (R, C), and the scale and zero that each column had, (C, R) each. */
  public record Solution(NDArray weight, Fit columns) {}

  /** Runs the loop with the factor U of {@link #inverseFactor}. */
  public static Solution solve(Stack stack, NDArray factor, Removal removal, Rounding rounding) {
    NDArray pattern = Devices.whole(removal.block(), removal.n(), removal.m(), rounding.refit());
    NDList result = COLUMNS.all("solve", stack.weight(), stack.mayStay(), factor, Devices.whole(stack.bounds()),
        Devices.scalar(removal.share()), pattern, rounding.codes().options(), rounding.fixed().scale(), rounding.fixed().zero());
    return new Solution(result.get(0), new Fit(result.get(1), result.get(2)));
  }
}
