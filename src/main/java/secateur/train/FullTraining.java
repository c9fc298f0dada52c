package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Trainable;

/** Every weight is trained. Only plain matrices can be. */
public record FullTraining() implements Adapter {

  @Override
  public Linear open(String name, Linear layer, UnaryOperator<NDArray> own) {
    if (layer instanceof Dense dense) {
      return new Trainable(own.apply(dense.matrix()), dense.bias() == null ? null : own.apply(dense.bias()), dense.stored());
    }
    throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", only a Dense layer can be trained in full");
  }

  @Override
  public Linear close(Linear trained, UnaryOperator<NDArray> settle) {
    if (trained instanceof Trainable t) {
      return new Dense(settle.apply(t.matrix()), t.bias() == null ? null : settle.apply(t.bias()), t.stored());
    }
    return trained;
  }

  @Override
  public boolean others() {
    return true;
  }
}
