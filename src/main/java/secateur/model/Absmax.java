package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import secateur.tensor.Codebooks;

/** The largest absolute weight of each block of a {@link Codebook} layer. */
public sealed interface Absmax {

  /** float32 (B). */
  NDArray values();

  /** Everything it holds. */
  List<NDArray> arrays();

  /**
   * As they are.
   *
   * @param values float32 (B)
   */
  record Single(NDArray values) implements Absmax {

    @Override
    public List<NDArray> arrays() {
      return List.of(values);
    }

    @Override
    public String toString() {
      return "";
    }
  }

  /**
   * Quantized in turn (Dettmers et al., arXiv 2305.14314, section 3): the mean taken off, 8 bits in blocks of 256.
   *
   * @param codes uint8 (B), of {@link Codebooks#dynamic}
   * @param scale the largest absolute value of each block, float32 (B / 256 rounded up)
   * @param mean float32 (1)
   */
  record Doubled(NDArray codes, NDArray scale, NDArray mean) implements Absmax {

    static final int BLOCK = 256;

    /** {@code values} float32 (B), quantized. */
    public static Doubled of(NDArray values) {
      NDArray mean = Codebooks.mean(values);
      NDArray rest = values.sub(mean);
      NDArray scale = Codebooks.absmax(rest, BLOCK);
      return new Doubled(Codebooks.quantize(rest, scale, Codebooks.dynamic(), BLOCK), scale, mean);
    }

    @Override
    public NDArray values() {
      return Codebooks.dequantize(codes, scale, Codebooks.dynamic(), BLOCK).add(mean);
    }

    @Override
    public List<NDArray> arrays() {
      return List.of(codes, scale, mean);
    }

    @Override
    public String toString() {
      return " double";
    }
  }
}
