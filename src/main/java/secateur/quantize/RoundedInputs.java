package secateur.quantize;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.RoundedInput;
import secateur.train.Adapter;
import secateur.train.Opening;

/**
 * As {@code weights}, with the inputs of the same layers rounded for each token, in training and after it.
 *
 * @param weights rounds the weights
 * @param bits of an input
 */
record RoundedInputs(FakeQuantization weights, int bits) implements Adapter {

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    Linear opened = weights.open(name, layer, opening);
    return opened instanceof FakeQuantized ? new RoundedInput(opened, bits) : opened;
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    return trained instanceof RoundedInput rounded ? new RoundedInput(weights.close(base, rounded.base(), settle), bits)
        : weights.close(base, trained, settle);
  }

  @Override
  public boolean others() {
    return weights.others();
  }

  @Override
  public long parameters(Llm model) {
    return weights.parameters(model);
  }

  @Override
  public String toString() {
    return weights + ", inputs " + bits + "-bit";
  }
}
