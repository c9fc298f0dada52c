package secateur.model;

import ai.djl.ndarray.NDArray;
import secateur.tensor.Scope;
import secateur.tensor.Tokens;

/**
 * A layer whose input is rounded for each token, symmetrically from its largest: y = base(Q(x)); in training the gradient
 * passes straight through Q.
 *
 * @param base W and b, in whatever form
 * @param bits 2 to 8
 */
public record RoundedInput(Linear base, int bits) implements OnBase {

  /** What the tensor that holds the bits is called behind its layer, uint8 (1). */
  static final String BITS = ".input_bits";

  /** Refuses other numbers of bits. */
  public RoundedInput {
    if (bits < 2 || bits > 8) {
      throw new IllegalArgumentException("inputs of " + bits + " bits, allowed are 2 to 8");
    }
  }

  @Override
  public NDArray forward(NDArray x) {
    return Scope.run(() -> base.forward(Tokens.symmetric(x, bits)));
  }

  @Override
  public RoundedInput withWeight(NDArray weight) {
    return new RoundedInput(base.withWeight(weight), bits);
  }

  @Override
  public RoundedInput keep(NDArray outputs, NDArray inputs) {
    return new RoundedInput(base.keep(outputs, inputs), bits);
  }

  @Override
  public long storedBytes() {
    return base.storedBytes() + Byte.BYTES;
  }

  @Override
  public String toString() {
    return "RoundedInput(" + base + ", " + bits + " bits)";
  }
}
