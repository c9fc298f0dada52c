package secateur.quantize;

import java.util.function.IntFunction;
import secateur.method.Budget;
import secateur.method.LayerByLayer;

/** Quantization with bits of its own for each layer. */
public final class Quantize {

  private Quantize() {}

  /**
   * The smallest measured divergence from the model under {@code budget}.
   *
   * @param budget what grows with the bits, such as {@code Budget.mebibytes(5)} or {@code Budget.bitsPerWeight(3.4)}
   * @param family quantizers by bits, such as {@code bits -> new Gptq(bits).group(64)}
   */
  public static MixedPrecision toBudget(Budget budget, IntFunction<? extends LayerByLayer> family) {
    return new MixedPrecision(new MixedPrecision.Within(budget), family);
  }

  /**
   * Few bytes at a perplexity of at most {@code most}, on the calibration text: the fewest that halving finds among the choices of least
   * divergence, whose perplexity need not fall as bytes grow, and never more than the same bits everywhere would take.
   *
   * @param family quantizers by bits, such as {@code Rtn::new}
   */
  public static MixedPrecision toPerplexity(double most, IntFunction<? extends LayerByLayer> family) {
    return new MixedPrecision(new MixedPrecision.AtMost(most), family);
  }
}
