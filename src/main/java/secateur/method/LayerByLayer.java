package secateur.method;

import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;

/** A method that compresses the layers of a model, each in a form of its own. */
public interface LayerByLayer extends Method {

  /** What is done to the layer {@code role} of block {@code block}, counted from 0: this, unless the method differs from layer to layer. */
  default LayerByLayer at(int block, Role role) {
    return this;
  }

  /** Refuses, before anything is done, a layer whose shape does not suit this method. */
  default void check(Linear layer) {}

  @Override
  default void check(Llm model) {
    model.blocks().forEach(block -> block.roles().forEach(role ->
        Layers.named(block.name(role), () -> at(block.index(), role).check(block.layer(role)))));
  }
}
