package secateur.train;

import java.util.function.Supplier;
import secateur.model.Llm;

/** Hears how training goes. */
public interface Listener {

  /** A step was made. */
  default void step(Curve.Point point, double tokensPerSecond) {}

  /**
   * The model was measured on the held-out batches.
   *
   * @param best whether no earlier loss was lower
   * @param model makes a copy of the model as it is now, which the listener closes
   */
  default void measured(Curve.Point point, boolean best, Supplier<Llm> model) {}
}
