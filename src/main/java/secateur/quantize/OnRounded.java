package secateur.quantize;

import secateur.method.Cost;
import secateur.method.DataFree;
import secateur.method.Tuned;
import secateur.model.Llm;
import secateur.text.Windows;

/** Training beside codes that stay as they are: of a quantized model, or of one that {@link #rounding} quantizes first. */
interface OnRounded<M> extends Tuned<M> {

  /** Quantizes the layers that are not quantized yet. */
  DataFree rounding();

  @Override
  default void check(Llm model) {
    new Unrounded(rounding()).check(model);
    Tuned.super.check(model);
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    return new Unrounded(rounding()).cost(model, text).then(Tuned.super.cost(model, text));
  }

  @Override
  default Llm apply(Llm model, Windows text) {
    try (Llm rounded = new Unrounded(rounding()).apply(model, text); Llm trained = trainer(rounded, text).train(rounded, adapter()).model()) {
      return finish(trained);
    }
  }
}
