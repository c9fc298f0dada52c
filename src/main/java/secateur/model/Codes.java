package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import secateur.tensor.Step.Operands;

/** The codes of a {@link Quantized} layer (out, in), laid out for the way in which its product is computed. */
public sealed interface Codes permits Quantized.Packed, Nibbles {

  /** x W' (…, out) for {@code x} (…, in), without the bias of {@code layer}, whose codes these are. */
  NDArray product(NDArray x, Quantized layer);

  /** uint8 (out, in). */
  NDArray codes();

  /** The same codes, packed without waste. */
  default Quantized.Packed packed() {
    return Quantized.Packed.of(codes(), bits());
  }

  /** The same codes under another {@code scale} (out, G) and {@code zero}. */
  Codes with(NDArray scale, NDArray zero);

  /** What {@link secateur.tensor.Step} multiplies with, if it takes these codes, for a layer with {@code bias} or null. */
  default Optional<Operands> operands(NDArray bias) {
    return Optional.empty();
  }

  /** 2 to 8. */
  int bits();

  /** in. */
  long columns();

  /** Everything they hold. */
  List<NDArray> arrays();
}
