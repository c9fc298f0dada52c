package secateur.quantize;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import secateur.method.Grid;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.train.Adapter;
import secateur.train.FullTraining;
import secateur.train.Opening;

/**
 * Every weight is trained, those of the blocks' linear layers rounded to {@code grid} wherever they are used, with
 * straight-through gradients; after training they are {@link secateur.model.Quantized}. With a
 * {@link secateur.train.Trainer} it trains from scratch.
 *
 * @param grid bits, groups and symmetry; min-max of the weights at each step
 */
public record FakeQuantization(Grid grid) implements Adapter {

  private static final FullTraining FULL = new FullTraining();

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    Linear opened = FULL.open(name, layer, opening);
    return Arrays.stream(Role.values()).anyMatch(role -> name.endsWith("." + role.label())) ? new FakeQuantized(opened, grid) : opened;
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    if (trained instanceof FakeQuantized fake) {
      return grid.round(FULL.close(base, fake.base(), settle), fake.base().weight());
    }
    return FULL.close(base, trained, settle);
  }

  @Override
  public boolean others() {
    return true;
  }

  @Override
  public long parameters(Llm model) {
    model.layers().values().forEach(layer -> grid.groups(layer.columns()));
    return FULL.parameters(model);
  }

  @Override
  public String toString() {
    return "training on a grid of " + grid;
  }
}
