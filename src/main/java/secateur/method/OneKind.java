package secateur.method;

import java.util.Collection;
import java.util.List;
import secateur.calibrate.Statistic;
import secateur.model.Llm;
import secateur.text.Windows;

/** Methods of one class with different settings, applied in one walk through a model. */
final class OneKind {

  private OneKind() {}

  /** Refuses {@code methods} of several kinds, or none. */
  static void check(String parts, Collection<? extends LayerByLayer> methods) {
    List<String> kinds = methods.stream().map(method -> method.getClass().getSimpleName()).distinct().toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException("the " + parts + "' methods must be of one kind, but are " + (kinds.isEmpty() ? "none" : kinds));
    }
  }

  /** {@code model} with each layer compressed as {@code all} says, all of the kind of {@code first}. */
  static Llm apply(LayerByLayer all, LayerByLayer first, Llm model, Windows text) {
    return first instanceof PerLayer<?> calibrated ? calibrated(all, calibrated, model, text)
        : WithoutData.run(all.toString(), (block, role) -> (DataFree) all.at(block, role), model);
  }

  /** All methods have the statistic of {@code first}. */
  @SuppressWarnings("unchecked")
  private static <S extends Statistic> Llm calibrated(LayerByLayer all, PerLayer<S> first, Llm model, Windows text) {
    LayersOfBlock<S> layers = new LayersOfBlock<>((block, role) -> (PerLayer<S>) all.at(block, role));
    return new BlockByBlock(all.toString(), layers::compress, model, text).run();
  }
}
