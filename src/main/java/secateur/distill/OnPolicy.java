package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.train.Adapter;
import secateur.train.Companion;
import secateur.train.Opening;

/**
 * An adapter whose training keeps the texts that it learns from. Good for one training.
 *
 * @param base trains
 * @param rollouts the texts
 * @param method whose checkpoint it is
 */
record OnPolicy(Adapter base, Rollouts rollouts, String method) implements Adapter {

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
    return rollouts.open();
  }

  @Override
  public String toString() {
    return base + " by " + method;
  }
}
