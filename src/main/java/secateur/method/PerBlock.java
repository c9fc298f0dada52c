package secateur.method;

import secateur.model.Block;
import secateur.model.Llm;
import secateur.text.Windows;

/** A one-shot method that changes whole blocks, norms included; {@link BlockByBlock} walks. */
public interface PerBlock extends Method {

  /** {@code block} compressed, given what goes into it behind the blocks that are compressed already. */
  Block compress(Block block, Inputs inputs);

  @Override
  default Llm apply(Llm model, Windows text) {
    check(model);
    return new BlockByBlock(toString(), this::compress, model, text).run();
  }
}
