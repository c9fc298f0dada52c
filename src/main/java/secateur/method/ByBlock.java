package secateur.method;

import java.util.Arrays;
import java.util.List;
import secateur.model.Llm;
import secateur.spec.Role;
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
    OneKind.check("blocks", methods);
  }

  /** Those of {@code family} that remove {@code shares} of the blocks. */
  public static ByBlock of(String label, ByShare<? extends LayerByLayer> family, double[] shares) {
    return new ByBlock(label, Arrays.stream(shares).mapToObj(family::of).toList());
  }

  @Override
  public LayerByLayer at(int block, Role role) {
    return methods.get(block).at(block, role);
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
    return OneKind.apply(this, methods.get(0), model, text);
  }

  @Override
  public String toString() {
    return label;
  }
}
