package secateur.method;

import java.util.List;
import secateur.calibrate.Statistic;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.text.Windows;

/**
 * A one-shot method that compresses layer by layer, with a statistic of each layer's inputs. It holds the formula;
 * {@link BlockByBlock} walks.
 *
 * @param <S> what it needs to know of the inputs
 */
public interface PerLayer<S extends Statistic> extends LayerByLayer {

  @Override
  default PerLayer<S> at(int block, Role role) {
    return this;
  }

  /** A fresh statistic for the inputs of {@code layer}; layers that share an input share it. */
  S observe(Linear layer);

  /** {@code layer} compressed, given what {@link #observe} gathered. */
  Linear compress(Linear layer, S seen);

  /** All layers that share one input; a method that can treat them in one go overrides this. */
  default List<Linear> compress(List<Linear> layers, S seen) {
    return layers.stream().map(layer -> compress(layer, seen)).toList();
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    return Cost.weights(model).with(BlockByBlock.cost(model, text));
  }

  @Override
  default Llm apply(Llm model, Windows text) {
    return new BlockByBlock(toString(), new LayersOfBlock<S>(this::at)::compress, model, text).run();
  }
}
