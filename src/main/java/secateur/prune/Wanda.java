package secateur.prune;

import ai.djl.ndarray.NDArray;
import secateur.calibrate.InputNorm;
import secateur.method.PerLayer;
import secateur.method.Sparsity;
import secateur.model.Linear;

/**
 * Removes the weights that matter least to the output they feed: S_ij = |W_ij| ||X_j||_2, compared within each output
 * (Sun et al., arXiv 2306.11695, eq. 1). No weight is updated.
 *
 * @param sparsity how much goes, and what competes with what; a share alone is of each row
 */
public record Wanda(Sparsity sparsity) implements PerLayer<InputNorm> {

  public Wanda {
    LayerWise.check("Wanda", sparsity);
  }

  /** Removes {@code share} of each output row. */
  public Wanda(double share) {
    this(Sparsity.perRow(share));
  }

  /** Keeps {@code n} of every {@code m} consecutive inputs. */
  public Wanda(int n, int m) {
    this(Sparsity.nm(n, m));
  }

  @Override
  public InputNorm observe(Linear layer) {
    return new InputNorm();
  }

  @Override
  public void check(Linear layer) {
    sparsity.fits(layer.columns());
  }

  @Override
  public Linear compress(Linear layer, InputNorm x) {
    NDArray w = layer.weight();
    NDArray s = w.abs().mul(x.norm().sqrt()); // (out, in)
    return layer.withWeight(w.mul(sparsity.keep(s)));
  }

  @Override
  public String toString() {
    return "Wanda " + sparsity;
  }
}
