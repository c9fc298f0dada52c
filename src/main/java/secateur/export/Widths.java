package secateur.export;

import java.util.List;
import java.util.Optional;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Fusion;
import secateur.spec.Heads;
import secateur.spec.Role;
import secateur.spec.Spec;

/** The heads and the inner width of a block, which other programs want to be those of all blocks. */
record Widths(Heads heads, int inner) {

  /** Of all blocks of {@code model}; GGUF has one number for them, so that blocks of different widths are an error that names two. */
  static Widths common(Llm model) {
    List<Widths> all = model.blocks().stream().map(Widths::of).toList();
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).equals(all.get(0))) {
        throw new IllegalArgumentException("GGUF wants all blocks equally wide, but block 0 has " + all.get(0) + " and block " + i + " has " + all.get(i)
            + "; prune with one share for all blocks, or save a directory");
      }
    }
    return all.get(0);
  }

  /** Whether all blocks of {@code model} are as wide as the usual keys of {@code config.json} say, where other programs look. */
  static boolean published(Llm model) {
    return odd(model).isEmpty();
  }

  /** Refuses a model whose blocks are not all as wide as {@code config.json} can say. */
  static void checkPublished(Llm model, String layout) {
    odd(model).ifPresent(block -> {
      throw new IllegalArgumentException("block " + block.index() + " of " + model.name() + " has " + of(block) + "; " + layout
          + " allows what config.json says for all blocks, " + of(model.spec().asOthersRead()));
    });
  }

  /** The first block that is not as wide as others read. */
  private static Optional<Block> odd(Llm model) {
    Spec says = model.spec().asOthersRead();
    boolean free = says.rmsNorm() && says.fusion() == Fusion.NONE; // LLaMA's kin, whose heads need not add up to the hidden width
    boolean whole = free || says.heads().queries() * says.heads().size() == says.sizes().hidden();
    return model.blocks().stream().filter(block -> !whole || !of(block).equals(of(says))).findFirst();
  }

  private static Widths of(Spec says) {
    return new Widths(says.heads(), says.inner());
  }

  private static Widths of(Block block) {
    return new Widths(block.heads(), Math.toIntExact(block.layer(Role.UP).rows()));
  }

  @Override
  public String toString() {
    return heads.queries() + " heads and " + inner + " neurons";
  }
}
