package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import secateur.spec.Role;

/** A tensor of a model under the name and in the order of rows that llama.cpp has for it. */
public sealed interface GgufPart {

  /** The tensor's name, for example {@code "blk.0.attn_q.weight"}. */
  String name();

  /**
   * A matrix.
   *
   * @param block the number of its block, or -1
   * @param role what it does there; empty for embeddings and the head
   * @param layer its weights, with rows in the file's order; the bias is a {@link Vector} of its own
   */
  record Matrix(String name, int block, Optional<Role> role, Linear layer) implements GgufPart {

    /** {@code "0.q"}, or the module's name outside the blocks. */
    public String layerName() {
      return role.map(each -> block + "." + each.label()).orElse(name);
    }
  }

  /** A vector, float32: norms and biases. */
  record Vector(String name, NDArray values) implements GgufPart {}
}
