package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import secateur.tensor.Scope;

/** A matrix that is stored without its zeros. */
public sealed interface Sparse extends Linear permits Sparse24, Bitmask {

  /** The same layer with its zeros, in the type that the model computes with. */
  Dense dense();

  /** {@code layer} in this form; an error where its weights do not suit it. */
  Sparse like(Dense layer);

  @Override
  default NDArray weight() {
    return Scope.run(() -> dense().matrix().toType(DataType.FLOAT32, false));
  }

  @Override
  default Sparse withWeight(NDArray weight) {
    if (!weight.getShape().equals(new Shape(rows(), columns()))) {
      throw new IllegalArgumentException(
          "a weight of shape " + weight.getShape() + " for a layer of shape " + new Shape(rows(), columns()));
    }
    return like(new Dense(weight.toType(type(), false), bias(), stored()));
  }

  /** The type that the model computes with. */
  DataType type();
}
