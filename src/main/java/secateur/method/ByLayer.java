package secateur.method;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.text.Windows;

/**
 * A method for each layer.
 *
 * @param label of the whole
 * @param methods by the names of the model's layers ({@code "0.q"}), all of one kind
 */
public record ByLayer(String label, Map<String, ? extends LayerByLayer> methods) implements LayerByLayer {

  public ByLayer {
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
    OneKind.check("layers", methods.values());
  }

  @Override
  public LayerByLayer at(int block, Role role) {
    return methods.get(block + "." + role.label());
  }

  @Override
  public void check(Llm model) {
    Set<String> layers = model.layers().keySet();
    if (!layers.equals(methods.keySet())) {
      throw new IllegalArgumentException("there are methods for the layers " + methods.keySet() + ", but " + model.name() + " has " + layers
          + "; one for each is needed");
    }
    LayerByLayer.super.check(model);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return first().cost(model, text);
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    return OneKind.apply(this, first(), model, text);
  }

  private LayerByLayer first() {
    return methods.values().iterator().next();
  }

  @Override
  public String toString() {
    return label;
  }
}
