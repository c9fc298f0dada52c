package secateur.method;

import secateur.model.Llm;
import secateur.text.Windows;

/**
 * A way to make a model smaller: a value that maps a model to a model. Its {@code toString} is its label in tables and
 * legends.
 */
@FunctionalInterface
public interface Method {

  /**
   * The compressed model, for the caller to close; {@code model} stays as it is and shares what did not change.
   *
   * @param text what methods that need data calibrate on
   */
  Llm apply(Llm model, Windows text);

  /** Refuses, before anything is done, a model whose shapes do not suit this method. */
  default void check(Llm model) {}

  /** About what {@link #apply} takes. */
  default Cost cost(Llm model, Windows text) {
    return Cost.weights(model);
  }

  /** This method, then {@code next}; what this one removed stays removed. */
  default Method then(Method next) {
    return new Then(this, next);
  }
}
