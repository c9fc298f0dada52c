package secateur.method;

import java.util.Arrays;
import java.util.List;
import secateur.calibrate.Statistic;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * A method for each block.
 *
 * @param label of the whole
 * @param methods as many as the model has blocks, all of one kind
 */
public record ByBlock(String label, List<? extends LayerByLayer> methods) implements LayerByLayer {

  public ByBlock {
    methods = List.copyOf(methods);
    List<String> kinds = methods.stream().map(method -> method.getClass().getSimpleName()).distinct().toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException("the blocks' methods must be of one kind, but are " + (kinds.isEmpty() ? "none" : kinds));
    }
  }

  /** Those of {@code family} that remove {@code shares} of the blocks. */
  public static ByBlock of(String label, ByShare<? extends LayerByLayer> family, double[] shares) {
    return new ByBlock(label, Arrays.stream(shares).mapToObj(family::of).toList());
  }

  @Override
  public LayerByLayer at(int block) {
    return methods.get(block).at(block);
  }

  @Override
  public void check(Llm model) {
    if (methods.size() != model.blocks().size()) {
      throw new IllegalArgumentException("there are " + methods.size() + " methods for the " + model.blocks().size() + " blocks of "
          + model.name() + "; one for each is needed");
    }
    LayerByLayer.super.check(model);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return methods.get(0).cost(model, text);
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    return methods.get(0) instanceof PerLayer<?> calibrated ? calibrated(calibrated, model, text)
        : WithoutData.run(label, block -> (DataFree) at(block), model);
  }

  /** All methods have the statistic of the first, being of one kind. */
  @SuppressWarnings("unchecked")
  private <S extends Statistic> Llm calibrated(PerLayer<S> first, Llm model, Windows text) {
    return new BlockByBlock(label, new LayersOfBlock<>(block -> (PerLayer<S>) at(block))::compress, model, text).run();
  }

  @Override
  public String toString() {
    return label;
  }
}
