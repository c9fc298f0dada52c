package secateur.method;

import secateur.model.Linear;
import secateur.model.Llm;

/** A method that compresses the layers of a model, each in a form of its own. */
public interface LayerByLayer extends Method {

  /** Refuses, before anything is done, a layer whose shape does not suit this method. */
  default void check(Linear layer) {}

  @Override
  default void check(Llm model) {
    model.layers().forEach((name, layer) -> Layers.named(name, () -> check(layer)));
  }
}
