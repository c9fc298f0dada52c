package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.Objects;
import java.util.function.UnaryOperator;
import secateur.tensor.Nn;

/**
 * The dropout of one training. What is dropped follows from seed, batch and layer alone: a pass that is computed again,
 * in a backward pass or after a resume, drops the same. Outside a batch nothing is dropped.
 */
final class Dropout {

  private static final long NONE = -1;

  private long batch = NONE;

  /** Passes from here on are of batch {@code index}. */
  void begin(long index) {
    batch = index;
  }

  /** Passes from here on drop nothing. */
  void end() {
    batch = NONE;
  }

  UnaryOperator<NDArray> of(String layer, double share, long seed) {
    return x -> batch == NONE || share == 0 ? x : Nn.dropout(x, share, Objects.hash(seed, batch, layer));
  }
}
