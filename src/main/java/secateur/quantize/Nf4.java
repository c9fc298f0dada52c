package secateur.quantize;

import secateur.method.DataFree;
import secateur.model.Codebook;
import secateur.model.Levels;
import secateur.model.Linear;

/**
 * 4-bit NormalFloat (Dettmers et al., arXiv 2305.14314): weights in blocks of 64, row by row, each rounded to the nearest of 16
 * normal quantiles times the block's largest absolute weight. Needs no data.
 *
 * @param doubled whether these largest weights are quantized too: 4.127 bits a weight instead of 4.5
 */
public record Nf4(boolean doubled) implements DataFree {

  /** With double quantization. */
  public Nf4() {
    this(true);
  }

  /** Without double quantization: the largest weights in float32. */
  public Nf4 single() {
    return new Nf4(false);
  }

  @Override
  public Linear compress(Linear layer) {
    return Codebook.of(layer, Levels.NF4, doubled);
  }

  @Override
  public String toString() {
    return "NF4" + (doubled ? " double" : "");
  }
}
