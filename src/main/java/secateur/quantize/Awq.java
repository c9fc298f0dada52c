package secateur.quantize;

import java.util.Map;
import secateur.calibrate.InputMoments;
import secateur.method.Cost;
import secateur.method.Grid;
import secateur.method.Inputs;
import secateur.method.PerBlock;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.text.Windows;

/**
 * Activation-aware rounding: before it, each input is scaled by a power of its mean magnitude, and the weights of each group
 * are clipped, both as the block's outputs err least on the calibration text (Lin et al., AWQ, arXiv 2306.00978).
 *
 * @param grid bits, groups and symmetry
 */
public record Awq(Grid grid) implements PerBlock {

  private static final int GROUP = 128;
  private static final int ATTENTIONS = 20;

  /** {@code bits} bits in groups of 128 inputs. */
  public Awq(int bits) {
    this(new Grid(bits).group(GROUP));
  }

  /** One grid for each {@code inputs} inputs of a row. */
  public Awq group(int inputs) {
    return new Awq(grid.group(inputs));
  }

  @Override
  public void check(Llm model) {
    model.layers().forEach((name, layer) -> {
      try {
        grid.groups(layer.columns());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer " + name + ": " + e.getMessage(), e);
      }
    });
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return Cost.weights(model).with(Cost.passes(model, text, 2 + ATTENTIONS, 8));
  }

  @Override
  public Block compress(Block block, Inputs inputs) {
    Map<Role, InputMoments> seen = inputs.gather(block, role -> new InputMoments());
    try {
      return new AwqBlock(grid, inputs, seen).compress(block);
    } finally {
      seen.values().forEach(InputMoments::close);
    }
  }

  @Override
  public String toString() {
    return "AWQ " + grid;
  }
}
