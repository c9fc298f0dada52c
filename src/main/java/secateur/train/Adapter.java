package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import secateur.model.Linear;
import secateur.model.Llm;

/** Which weights of a model are trained, and in what form. */
public interface Adapter {

  /**
   * The layer {@code name} ({@code "0.q"}, {@code "head"}) as it is trained, or {@link secateur.model.Frozen} where it is
   * not: float32 in and out.
   *
   * @param opening gives copies to train, and dropout
   */
  Linear open(String name, Linear layer, Opening opening);

  /**
   * The layer as it is used after training.
   *
   * @param base the layer before training
   * @param trained what {@link #open} made of it
   * @param settle gives a copy that requires no gradient, in the type that models compute with
   */
  Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle);

  /** Whether embeddings and norms are trained too. */
  boolean others();

  /** How many numbers of {@code model} are trained; an error where it does not suit the model. */
  long parameters(Llm model);

  /** Goes along with a training of {@code open}, which {@link #open} made; its arrays leave their scopes. */
  default Companion begin(Llm open) {
    return Companion.NONE;
  }
}
