package secateur.method;

import ai.djl.ndarray.NDArray;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import secateur.tensor.Masks;

/** How much is removed and what competes with what: scores in, a mask of what to keep out. */
public sealed interface Sparsity {

  /** 1 for what stays, 0 for what goes, float32 like {@code scores} (out, in); small scores go first. */
  NDArray keep(NDArray scores);

  /** Refuses rows of {@code columns} that this cannot be had of. */
  default void fits(long columns) {}

  /** Removes {@code share} of each matrix, its weights all competing. */
  static Sparsity perMatrix(double share) {
    return new PerMatrix(share);
  }

  /** Removes {@code share} of each output row. */
  static Sparsity perRow(double share) {
    return new PerRow(share);
  }

  /** Keeps {@code n} of every {@code m} consecutive inputs of a row. */
  static Sparsity nm(int n, int m) {
    return new Pattern(n, m);
  }

  /** Removes what scores below {@code threshold}. */
  static Sparsity below(double threshold) {
    return new Below(threshold);
  }

  /** Removes {@code share} of all layers together, their weights all competing. */
  static Sparsity global(double share) {
    return new Global(share);
  }

  /** Removes {@code share} of each matrix; the reference codes round it up by one element, and so does this. */
  record PerMatrix(double share) implements Sparsity {
    public PerMatrix {
      check(share);
    }

    @Override
    public NDArray keep(NDArray scores) {
      return share == 0 ? scores.onesLike() : Masks.perMatrix(scores, share);
    }

    @Override
    public String toString() {
      return percent(share);
    }
  }

  /** Removes {@code share} of each output row. */
  record PerRow(double share) implements Sparsity {
    public PerRow {
      check(share);
    }

    @Override
    public NDArray keep(NDArray scores) {
      return Masks.perRow(scores, share);
    }

    @Override
    public String toString() {
      return percent(share);
    }
  }

  /** n:m sparsity (Mishra et al., arXiv 2104.08378): n of every m consecutive inputs stay. */
  record Pattern(int n, int m) implements Sparsity {
    public Pattern {
      if (n < 1 || m < 2 || n >= m) {
        throw new IllegalArgumentException("pattern " + n + ":" + m + " keeps n of every m; 0 < n < m is needed, for example 2:4");
      }
    }

    @Override
    public NDArray keep(NDArray scores) {
      fits(scores.getShape().get(1));
      return Masks.nOfM(scores, n, m);
    }

    @Override
    public void fits(long columns) {
      if (columns % m != 0) {
        throw new IllegalArgumentException("pattern " + this + " needs rows in groups of " + m + ", but a row has " + columns + " inputs");
      }
    }

    @Override
    public String toString() {
      return n + ":" + m;
    }
  }

  /** Removes what scores below {@code threshold}. */
  record Below(double threshold) implements Sparsity {
    public Below {
      if (!(threshold >= 0)) {
        throw new IllegalArgumentException("threshold is " + threshold + ", it must be 0 or more");
      }
    }

    @Override
    public NDArray keep(NDArray scores) {
      return Masks.above(scores, threshold);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "below %.4g", threshold);
    }
  }

  /** Removes {@code share} of all layers together; only a method that sees them all at once can do this. */
  record Global(double share) implements Sparsity {
    public Global {
      check(share);
    }

    @Override
    public NDArray keep(NDArray scores) {
      throw new IllegalArgumentException(
          "global sparsity compares weights across layers, which Magnitude alone does; here use perMatrix, perRow or nm");
    }

    @Override
    public String toString() {
      return percent(share) + " global";
    }
  }

  private static void check(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("sparsity is " + share + ", it must lie between 0 and 1");
    }
  }

  private static String percent(double share) {
    return new DecimalFormat("0.##%", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(share);
  }
}
