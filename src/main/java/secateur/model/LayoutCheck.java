package secateur.model;

import java.util.function.BiConsumer;
import secateur.tensor.Scope;

/**
 * What a layout with one entry for the whole model asks of its layers, beside their {@link CommonGrid}; an error names the first that has no place in it.
 *
 * @param layout what errors call it
 */
record LayoutCheck(String layout) {

  /** Calls {@code check} for every layer of the blocks of {@code model}, whose layers are all quantized, with its name. */
  void each(Llm model, BiConsumer<String, Quantized> check) {
    try (Scope scope = new Scope()) {
      model.blocks().forEach(block -> block.roles().forEach(role -> check.accept(block.name(role), (Quantized) block.layer(role))));
    }
  }

  /** Refuses outputs that {@code multiple} does not divide. */
  void outputs(String name, Quantized layer, int multiple) {
    if (layer.rows() % multiple != 0) {
      throw allows(name, layer, "multiples of " + multiple + " outputs");
    }
  }

  /** Refuses outputs and inputs that {@code multiple} does not divide. */
  void outputsAndInputs(String name, Quantized layer, int multiple) {
    if (layer.rows() % multiple != 0 || layer.columns() % multiple != 0) {
      throw allows(name, layer, "multiples of " + multiple + " outputs and inputs");
    }
  }

  /** Refuses groups that do not lie side by side. */
  void sideBySide(String name, Quantized layer) {
    if (layer.groups() != null) {
      throw new IllegalArgumentException("layer '" + name + "' is " + layer + " in GPTQ's act-order; " + layout
          + " allows groups that lie side by side, as staticGroups() makes them");
    }
  }

  private IllegalArgumentException allows(String name, Quantized layer, String what) {
    return new IllegalArgumentException("layer '" + name + "' is " + layer + "; " + layout + " allows " + what);
  }
}
