package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import secateur.model.Dense;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Sparse;
import secateur.model.Trainable;
import secateur.model.TrainableUnderMask;
import secateur.tensor.Scope;

/** Every weight is trained, but what was removed from a layer stays removed. Matrices that are rounded cannot be. */
public record FullTraining() implements Adapter {

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    Dense dense = dense(name, layer);
    Trainable trained = new Trainable(opening.own(dense.matrix()), dense.bias() == null ? null : opening.own(dense.bias()), dense.stored());
    return Holes.in(layer) ? new TrainableUnderMask(trained) : trained;
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    Trainable weights = trained instanceof TrainableUnderMask masked ? masked.base() : (Trainable) trained;
    Dense made = new Dense(settle.apply(weights.matrix()), weights.bias() == null ? null : settle.apply(weights.bias()), weights.stored());
    return base instanceof Sparse sparse ? sparse.like(made) : made;
  }

  @Override
  public boolean others() {
    return true;
  }

  @Override
  public long parameters(Llm model) {
    try (Scope scope = new Scope()) {
      return Stream.concat(model.others().stream(),
          model.layers().entrySet().stream().flatMap(layer -> dense(layer.getKey(), layer.getValue()).arrays().stream()))
          .filter(array -> array.getShape().dimension() > 0).distinct().mapToLong(NDArray::size).sum(); // an eps is a setting
    }
  }

  private static Dense dense(String name, Linear layer) {
    if (layer instanceof Dense dense) {
      return dense;
    }
    if (layer instanceof Sparse sparse) {
      return sparse.dense();
    }
    throw new IllegalArgumentException("layer '" + name + "' is " + layer + ", only a Dense or Sparse layer can be trained in full");
  }

  @Override
  public String toString() {
    return "full training";
  }
}
