package secateur.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/** Rounding of what belongs to one token, with scales of its own; sources in {@code tokens.py}. */
public final class Tokens {

  private static final Script TOKENS = Script.of("tokens");

  private Tokens() {}

  /**
   * Keys or values (B, K, S, D) rounded for each token and head between their smallest and largest: x ≈ code · scale + low,
   * code = round((x - low) / scale), scale = (max - low) / (2^bits - 1) (Liu et al., KIVI, arXiv 2402.02750).
   *
   * @param packed uint8 (B, K, S, D bits / 8), at 4 bits two codes to a byte
   * @param scale float16 (B, K, S, 1)
   * @param low float16 (B, K, S, 1)
   * @param bits 4 or 8
   */
  public record Codes(NDArray packed, NDArray scale, NDArray low, int bits) {

    /** {@code x} rounded; D must be even. */
    public static Codes of(NDArray x, int bits) {
      NDList made = TOKENS.all("quantize", x, Devices.scalar(bits));
      return new Codes(made.get(0), made.get(1), made.get(2), bits);
    }

    /** These, then those of the tokens in {@code next}. */
    public Codes concat(Codes next) {
      return new Codes(packed.concat(next.packed, 2), scale.concat(next.scale, 2), low.concat(next.low, 2), bits);
    }

    /** What they stand for, (B, K, S, D). */
    public NDArray numbers(DataType type) {
      return TOKENS.call("dequantize", packed, scale, low, Devices.scalar(bits)).toType(type, false);
    }

    /** Everything they hold. */
    public List<NDArray> arrays() {
      return List.of(packed, scale, low);
    }
  }

  /** {@code before} (B, K, S, D), then {@code next} (B, K, T, D) in the type of the first. */
  public static NDArray appended(NDArray before, NDArray next) {
    return TOKENS.call("append", before, next);
  }

  /** {@code x} (B, K, S, D) as {@link Codes} give it back, with the gradient of x. */
  public static NDArray rounded(NDArray x, int bits) {
    return TOKENS.call("straight_through", x, Codes.of(x, bits).numbers(DataType.FLOAT32));
  }

  /**
   * {@code x} (…, n) rounded for each token to {@code bits} bits: s round(x / s), s = max |x| / (2^(bits - 1) - 1), with the
   * gradient of x (Liu et al., LLM-QAT, arXiv 2305.17888).
   */
  public static NDArray symmetric(NDArray x, int bits) {
    NDArray rounded = Int8.rows(Int8.flat(x.stopGradient()), bits).dequantized();
    return TOKENS.call("straight_through", x, rounded.reshape(x.getShape()));
  }
}
