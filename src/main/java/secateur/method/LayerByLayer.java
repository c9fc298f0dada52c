package secateur.method;

import secateur.model.Linear;
import secateur.model.Llm;

/** A method that compresses the layers of a model, each in a form of its own. */
public interface LayerByLayer extends Method {

  /** What is done to block {@code block}, counted from 0: this, unless the method differs from block to block. */
  default LayerByLayer at(int block) {
    return this;
  }

  /** Refuses, before anything is done, a layer whose shape does not suit this method. */
  default void check(Linear layer) {}

  @Override
  default void check(Llm model) {
    model.blocks().forEach(block -> block.roles().forEach(role ->
        Layers.named(block.name(role), () -> at(block.index()).check(block.layer(role)))));
  }
}
