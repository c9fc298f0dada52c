package secateur.quantize;

import secateur.method.DataFree;
import secateur.model.Codebook;
import secateur.model.Levels;
import secateur.model.Linear;

/**
 * 4-bit floating-point numbers, E2M1 (as in Dettmers et al., arXiv 2305.14314): as {@link Nf4}, with other levels.
 *
 * @param doubled whether the largest weights of the blocks are quantized too
 */
public record Fp4(boolean doubled) implements DataFree {

  /** With double quantization. */
  public Fp4() {
    this(true);
  }

  /** Without double quantization: the largest weights in float32. */
  public Fp4 single() {
    return new Fp4(false);
  }

  @Override
  public Linear compress(Linear layer) {
    return Codebook.of(layer, Levels.FP4, doubled);
  }

  @Override
  public String toString() {
    return "FP4" + (doubled ? " double" : "");
  }
}
