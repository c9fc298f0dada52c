package secateur.export;

import java.util.List;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Heads;
import secateur.spec.Role;

/** The heads and the inner width that all blocks of a model have. */
record Widths(Heads heads, int inner) {

  /** Of {@code model}; GGUF has one number for all blocks, so that blocks of different widths are an error that names two of them. */
  static Widths of(Llm model) {
    List<Widths> all = model.blocks().stream().map(Widths::of).toList();
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).equals(all.get(0))) {
        throw new IllegalArgumentException("GGUF wants all blocks equally wide, but block 0 has " + all.get(0) + " and block " + i + " has " + all.get(i)
            + "; prune with one share for all blocks, or save a directory");
      }
    }
    return all.get(0);
  }

  private static Widths of(Block block) {
    return new Widths(block.heads(), Math.toIntExact(block.layer(Role.UP).rows()));
  }

  @Override
  public String toString() {
    return heads.queries() + " heads and " + inner + " neurons";
  }
}
