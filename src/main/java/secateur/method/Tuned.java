package secateur.method;

import java.nio.file.Path;
import java.util.Optional;
import secateur.text.Windows;
import secateur.train.Recipe;
import secateur.train.Schedule;

/**
 * A method that trains as a {@link Tuning} says.
 *
 * @param <M> the method
 */
public interface Tuned<M> extends Method {

  /** How it trains. */
  Tuning tuning();

  /** This method, training as {@code other} says. */
  M tuning(Tuning other);

  /** At most at {@code peak}. */
  default M rate(double peak) {
    Recipe recipe = tuning().recipe();
    Schedule of = recipe.schedule();
    Schedule schedule = new Schedule(of.steps(), of.warmup(), peak, of.last());
    return tuning(tuning().with(new Recipe(schedule, recipe.optimizer(), recipe.accumulate(), recipe.activations())));
  }

  /** With {@code size} windows in a step. */
  default M batch(int size) {
    return tuning(new Tuning(tuning().recipe(), size, tuning().windows(), tuning().file()));
  }

  /** On windows of its own. */
  default M on(Windows other) {
    return tuning(new Tuning(tuning().recipe(), tuning().rows(), Optional.of(other), tuning().file()));
  }

  /** Goes on from {@code path} where it was interrupted; the file is written every 50 steps. */
  default M checkpoint(Path path) {
    return tuning(new Tuning(tuning().recipe(), tuning().rows(), tuning().windows(), Optional.of(path)));
  }

  /** With less memory and a third more time; what belongs to one block, dequantized weights too, lives for that block. */
  default M recomputed() {
    return tuning(tuning().recomputed());
  }

  /** With the optimizer's moments on the host: less memory where the model computes, and more time. */
  default M paged() {
    return tuning(tuning().paged());
  }
}
