package secateur.method;

import secateur.spec.Role;

/** Which method each layer of a model gets. */
@FunctionalInterface
interface Assignment<M extends LayerByLayer> {

  /** For the layer {@code role} of block {@code block}, counted from 0. */
  M at(int block, Role role);
}
