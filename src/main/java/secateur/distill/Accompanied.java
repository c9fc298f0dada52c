package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.train.Adapter;
import secateur.train.Companion;
import secateur.train.Opening;

/**
 * An adapter with something that goes along with its training.
 *
 * @param base trains
 * @param companion begins with the model in training
 * @param method whose checkpoint it is
 */
record Accompanied(Adapter base, Function<Llm, Companion> companion, String method) implements Adapter {

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    return base.open(name, layer, opening);
  }

  @Override
  public Linear close(Linear layer, Linear trained, UnaryOperator<NDArray> settle) {
    return base.close(layer, trained, settle);
  }

  @Override
  public boolean others() {
    return base.others();
  }

  @Override
  public long parameters(Llm model) {
    return base.parameters(model);
  }

  @Override
  public Companion begin(Llm open) {
    return companion.apply(open);
  }

  @Override
  public String toString() {
    return base + " by " + method;
  }
}
