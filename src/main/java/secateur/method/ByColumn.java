package secateur.method;

import java.util.List;
import secateur.calibrate.Hessian;
import secateur.method.ColumnSolver.Plan;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.text.Windows;

/** A method that goes column by column and carries the error on; it holds the plan, {@link ColumnSolver} the loop. */
public interface ByColumn extends PerLayer<Hessian> {

  /** What to do with {@code layers}, which share an input; an error where their shapes do not allow it. */
  Plan plan(List<Linear> layers);

  @Override
  default void check(Linear layer) {
    plan(List.of(layer)).grid().ifPresent(grid -> grid.groups(layer.columns()));
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    return PerLayer.super.cost(model, text).with(Cost.columns(model, text));
  }

  @Override
  default Hessian observe(Linear layer) {
    return new Hessian();
  }

  @Override
  default Linear compress(Linear layer, Hessian x) {
    return compress(List.of(layer), x).get(0);
  }

  @Override
  default List<Linear> compress(List<Linear> layers, Hessian x) {
    return new ColumnSolver(layers, x).solve(plan(layers));
  }
}
