package secateur.quantize;

import secateur.method.DataFree;
import secateur.model.Linear;
import secateur.model.OutlierColumns;

/**
 * Weights int8 by output, multiplied in int8 with inputs rounded by token, but for the inputs in which some token reaches a
 * threshold: those are multiplied as they are (Dettmers et al., LLM.int8(), arXiv 2208.07339), with weights that were int8 too, as bitsandbytes
 * does; in equation 8 they are the original ones.
 *
 * @param outlier the threshold
 */
public record LlmInt8(double outlier) implements DataFree {

  public LlmInt8 {
    if (!(outlier > 0)) {
      throw new IllegalArgumentException("threshold is " + outlier + ", it must be positive");
    }
  }

  /** The published threshold, 6. */
  public LlmInt8() {
    this(6.0);
  }

  /** Inputs in which some |x| is at least {@code value} are outliers. */
  public LlmInt8 threshold(double value) {
    return new LlmInt8(value);
  }

  @Override
  public Linear compress(Linear layer) {
    return OutlierColumns.of(layer, outlier);
  }

  @Override
  public String toString() {
    return "LLM.int8 " + outlier;
  }
}
