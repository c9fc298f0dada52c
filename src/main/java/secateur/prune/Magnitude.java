package secateur.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import secateur.method.DataFree;
import secateur.method.Sparsity;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Masks;
import secateur.tensor.Scope;
import secateur.text.Windows;

/**
 * Removes the smallest weights: S = |W| (Han et al., arXiv 1506.02626). No data is looked at.
 *
 * @param sparsity how much goes, and what competes with what; a share alone is of each matrix
 */
public record Magnitude(Sparsity sparsity) implements DataFree {

  /** Removes {@code share} of each matrix. */
  public Magnitude(double share) {
    this(Sparsity.perMatrix(share));
  }

  /** Keeps {@code n} of every {@code m} consecutive inputs. */
  public Magnitude(int n, int m) {
    this(Sparsity.nm(n, m));
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    if (sparsity instanceof Sparsity.Global global) {
      return new Magnitude(Sparsity.below(threshold(model, global.share()))).apply(model, text);
    }
    return DataFree.super.apply(model, text);
  }

  @Override
  public void check(Linear layer) {
    sparsity.fits(layer.columns());
  }

  @Override
  public Linear compress(Linear layer) {
    NDArray w = layer.weight();
    return layer.withWeight(w.mul(sparsity.keep(w.abs())));
  }

  /** The magnitude under which {@code share} of all weights lie. */
  private static double threshold(Llm model, double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    try (Scope scope = new Scope()) {
      NDList all = new NDList();
      model.layers().values().forEach(layer -> all.add(layer.weight().abs().flatten()));
      return Masks.quantile(ai.djl.ndarray.NDArrays.concat(all), share);
    }
  }

  @Override
  public String toString() {
    return "Magnitude " + sparsity;
  }
}
