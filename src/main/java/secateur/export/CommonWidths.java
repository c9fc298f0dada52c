package secateur.export;

import java.util.Map;
import java.util.TreeMap;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Fusion;
import secateur.spec.Heads;
import secateur.spec.Names;
import secateur.spec.Role;
import secateur.spec.Spec;

/** Whether other programs find the widths of a model's layers in its {@code config.json}. */
final class CommonWidths {

  private final Spec says;

  private CommonWidths(Llm model) {
    this.says = model.spec().asOthersRead();
  }

  /** Whether all blocks of {@code model} are as wide as the usual keys of {@code config.json} say. */
  static boolean in(Llm model) {
    return new CommonWidths(model).odd(model) == null;
  }

  /** Refuses a model whose blocks are not all as wide as {@code config.json} can say. */
  static void check(Llm model, String layout) {
    CommonWidths widths = new CommonWidths(model);
    Block odd = widths.odd(model);
    if (odd != null) {
      throw new IllegalArgumentException("block " + odd.index() + " of " + model.name() + " has " + odd.heads().queries() + " heads and "
          + odd.layer(Role.UP).rows() + " neurons; " + layout + " allows what config.json says for all blocks, " + widths.says.heads().queries() + " heads and "
          + widths.says.inner() + " neurons");
    }
  }

  /** The first block that is not, or null. */
  private Block odd(Llm model) {
    return model.blocks().stream().filter(block -> !fits(block)).findFirst().orElse(null);
  }

  private boolean fits(Block block) {
    Heads heads = says.heads();
    boolean free = says.rmsNorm() && says.fusion() == Fusion.NONE; // LLaMA's kin, whose heads need not add up to the hidden width
    return block.heads().equals(heads) && block.layer(Role.UP).rows() == says.inner()
        && (free || heads.queries() * heads.size() == says.sizes().hidden());
  }

  /** The layers of the blocks of {@code model} by the names of their modules. */
  static Map<String, Linear> modules(Llm model) {
    Names names = model.spec().names();
    Map<String, Linear> modules = new TreeMap<>();
    for (Block block : model.blocks()) {
      block.roles().forEach(role -> modules.put(names.prefix() + names.layer(block.index(), role), block.layer(role)));
    }
    return modules;
  }
}
