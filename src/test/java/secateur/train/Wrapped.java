package secateur.train;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import secateur.model.Linear;
import secateur.model.Llm;

/** An adapter on top of another. */
class Wrapped implements Adapter {

  private final Adapter inner;

  Wrapped(Adapter inner) {
    this.inner = inner;
  }

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    return inner.open(name, layer, opening);
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    return inner.close(base, trained, settle);
  }

  @Override
  public boolean others() {
    return inner.others();
  }

  @Override
  public long parameters(Llm model) {
    return inner.parameters(model);
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
