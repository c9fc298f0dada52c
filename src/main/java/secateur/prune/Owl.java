package secateur.prune;

import java.math.BigDecimal;
import java.util.Arrays;
import secateur.method.ByBlock;
import secateur.method.ByShare;
import secateur.method.Cost;
import secateur.method.LayerByLayer;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * Spares the blocks that have more outliers (Yin et al., arXiv 2310.05175): with D_b the share of A_ij = |W_ij| ||X_j||_2 of
 * block b that exceed M times their mean, block b loses S_b = S - λ (D_b - mean D) / max |D - mean D|. Means are over weights, so
 * that S of all goes; S_b lies within S ± λ, as the paper demands, where its reference code lets skewed D leave that range. X
 * is what the dense model sees.
 *
 * @param share S, of all layers' weights
 * @param family what prunes
 * @param multiple M
 * @param range λ; less where S ± λ would leave 0 to 1
 */
public record Owl(double share, ByShare<? extends LayerByLayer> family, double multiple, double range) implements Method {

  private static final ByShare<LayerByLayer> WANDA = Wanda::new;
  private static final double M = 5;
  private static final double LAMBDA = 0.08;

  public Owl {
    Shares.check(share);
    if (!(multiple > 0)) {
      throw new IllegalArgumentException("M is " + multiple + ", it must lie above 0");
    }
    if (!(range >= 0 && range <= 1)) {
      throw new IllegalArgumentException("lambda is " + range + ", it must lie between 0 and 1");
    }
  }

  /** {@link Wanda} with {@code share} of all weights, M = 5, λ = 0.08. */
  public Owl(double share) {
    this(share, WANDA);
  }

  /** {@code family}, such as {@code SparseGpt::new}, with {@code share} of all weights, M = 5, λ = 0.08. */
  public Owl(double share, ByShare<? extends LayerByLayer> family) {
    this(share, family, M, LAMBDA);
  }

  /** Counts what exceeds {@code m} times the mean as an outlier. */
  public Owl m(double m) {
    return new Owl(share, family, m, range);
  }

  /** Shares within {@code lambda} of their mean. */
  public Owl lambda(double lambda) {
    return new Owl(share, family, multiple, lambda);
  }

  /** D of each block of {@code model}, from 0 to 1. */
  public double[] outliers(Llm model, Windows text) {
    return Outliers.of(model, text, multiple);
  }

  /** The share that each block of {@code model} loses. */
  public double[] shares(Llm model, Windows text) {
    return shares(outliers(model, text), Shares.weights(model));
  }

  /** S_b for D_b = {@code outliers} of blocks of n_b = {@code weights}. */
  double[] shares(double[] outliers, long[] weights) {
    double mean = Shares.mean(outliers, weights);
    double largest = Arrays.stream(outliers).map(d -> Math.abs(d - mean)).max().orElseThrow();
    double lambda = Math.min(range, Math.min(share, 1 - share));
    return Arrays.stream(outliers).map(d -> largest == 0 ? share : share - lambda * (d - mean) / largest).toArray();
  }

  @Override
  public void check(Llm model) {
    family.of(share).check(model);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return Outliers.cost(model, text).then(family.of(share).cost(model, text));
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Progress progress = Progress.of(toString(), 2)) {
      double[] shares = shares(model, text);
      progress.step(Shares.text(shares));
      Llm made = ByBlock.of(toString(), family, shares).apply(model, text);
      progress.step(Shares.text(shares));
      return made;
    }
  }

  @Override
  public String toString() {
    return "OWL " + family.of(share) + (multiple == M ? "" : " M " + plain(multiple)) + (range == LAMBDA ? "" : " λ " + plain(range));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
