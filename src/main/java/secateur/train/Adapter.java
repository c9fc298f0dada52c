package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import secateur.model.Linear;

/** Which weights of a model are trained, and in what form. */
public interface Adapter {

  /**
   * The layer {@code name} ({@code "0.q"}, {@code "head"}) as it is trained, or {@code layer} itself where it is not.
   *
   * @param own gives a float32 copy of an array that requires a gradient, the same copy each time
   */
  Linear open(String name, Linear layer, UnaryOperator<NDArray> own);

  /**
   * The layer as it is used after training; {@code trained} came from {@link #open}.
   *
   * @param settle gives a copy that requires no gradient, in the type that models compute with
   */
  Linear close(Linear trained, UnaryOperator<NDArray> settle);

  /** Whether embeddings and norms are trained too. */
  boolean others();
}
