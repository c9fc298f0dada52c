package secateur.lab;

import java.util.Arrays;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import secateur.measure.BlockInfluence;
import secateur.measure.Histogram;
import secateur.measure.Size;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Uncut;
import secateur.spec.Role;
import secateur.text.Windows;

/** Charts of what is inside models. */
final class ModelCharts {

  private static final int BINS = 121;

  private ModelCharts() {}

  /** The distribution of the weights of {@code layer} of {@code dense}, there and in what is left of it in {@code now}. */
  static XYChart weights(Llm dense, Llm now, String layer) {
    Linear before = dense.layer(layer);
    if (!dense.akin(now)) {
      throw new IllegalArgumentException(now.name() + " was drawn afresh: nothing of layer '" + layer + "' is in it");
    }
    Block block = dense.blocks().get(Integer.parseInt(layer.substring(0, layer.indexOf('.'))));
    Block left = Uncut.find(dense, block, now).orElseThrow(() -> new IllegalArgumentException(
        "layer '" + layer + "' went with block " + block.index() + ", which was dropped; blocks "
            + now.blocks().stream().map(Block::number).toList() + " are left"));
    String name = left.name(role(block, layer));
    double reach = Histogram.reach(before);
    return Charts.weights(layer, Histogram.of(before, BINS, reach), Histogram.of(now.layer(name), BINS, reach),
        Size.sparsityByLayer(now).get(name));
  }

  /** The influence of each block of {@code model}, by the numbers of the original. */
  static CategoryChart influence(Llm model, Windows text) {
    return Theme.bars("Block influence", "block", "1 - cos(before, after), mean over tokens",
        model.blocks().stream().map(block -> "" + block.number()).toList(),
        Arrays.stream(BlockInfluence.of(model, text)).boxed().toList());
  }

  private static Role role(Block block, String layer) {
    return block.roles().stream().filter(role -> block.name(role).equals(layer)).findFirst().orElseThrow();
  }
}
