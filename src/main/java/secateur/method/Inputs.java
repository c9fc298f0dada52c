package secateur.method;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import secateur.calibrate.Statistic;
import secateur.model.Block;
import secateur.model.Pass;
import secateur.spec.Role;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/**
 * What goes into a block during calibration.
 *
 * @param batches of the residual stream before the block, (B, T, hidden) each
 * @param pass over their tokens
 */
public record Inputs(List<NDArray> batches, Pass pass) {

  /** What {@code observe} makes for the first role of each group that shares an input, after it has seen all inputs; for the caller to close. */
  public <S extends Statistic> Map<Role, S> gather(Block block, Function<Role, S> observe) {
    Map<String, S> seen = new HashMap<>();
    Map<Role, S> byRole = new HashMap<>();
    block.inputs().forEach(group -> byRole.put(group.get(0), observe.apply(group.get(0))));
    byRole.forEach((role, statistic) -> seen.put(block.name(role), statistic));
    try {
      for (NDArray x : batches) {
        Progress.check();
        try (Scope scope = new Scope()) {
          block.forward(x, pass, (layer, input) -> seen.get(layer).see(input));
        }
      }
      return byRole;
    } catch (RuntimeException | Error e) {
      byRole.values().forEach(Statistic::close);
      throw e;
    }
  }
}
