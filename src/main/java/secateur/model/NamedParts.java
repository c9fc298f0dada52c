package secateur.model;

import ai.djl.ndarray.NDArray;
import secateur.spec.Names;
import secateur.spec.Role;

/** Goes over the parts of a model under the names that its family's checkpoints have. */
final class NamedParts {

  /** Is told of each part. */
  interface Visitor {

    /** The table {@code name} of embeddings. */
    void table(String name, NDArray table);

    /** The vector {@code name} of a norm. */
    void vector(String name, NDArray vector);

    /** The head, or a projection beside the blocks. */
    void end(String module, Linear layer);

    /** A layer of a block; {@code turned} where the family stores its matrix as (in, out). */
    void layer(String module, Linear layer, boolean turned);
  }

  private final Llm model;
  private final Names names;
  private final Visitor visitor;

  private NamedParts(Llm model, Visitor visitor) {
    this.model = model;
    this.names = model.spec().names();
    this.visitor = visitor;
  }

  static void visit(Llm model, Visitor visitor) {
    NamedParts parts = new NamedParts(model, visitor);
    parts.ends(model.ends());
    model.blocks().forEach(parts::block);
  }

  private void ends(Ends ends) {
    ends.tables().forEach((part, table) -> visitor.table(prefixed(names.module(part).orElseThrow()) + ".weight", table));
    ends.norms().forEach((part, norm) -> norm(prefixed(names.module(part).orElseThrow()), norm));
    ends.layers().forEach((part, layer) -> {
      if (!part.equals("head")) {
        visitor.end(prefixed(names.module(part).orElseThrow()), layer);
      } else if (!model.spec().tied()) {
        visitor.end(names.module(part).orElseThrow(), layer);
      }
    });
  }

  private void block(Block block) {
    for (Role role : block.roles()) {
      visitor.layer(prefixed(names.layer(block.index(), role)), block.layer(role), model.spec().transposed());
    }
    block.norms().forEach((part, norm) -> norm(prefixed(names.module(block.index(), part).orElseThrow()), norm));
  }

  private void norm(String module, Norm norm) {
    visitor.vector(module + ".weight", norm.weight());
    if (norm.bias() != null) {
      visitor.vector(module + ".bias", norm.bias());
    }
  }

  private String prefixed(String module) {
    return names.prefix() + module;
  }
}
