package secateur.quantize;

import secateur.method.ByTraining;
import secateur.method.Cost;
import secateur.method.DataFree;
import secateur.method.Tuned;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Trainer;

/** Training beside codes that stay as they are: of a quantized model, or of one that {@link #rounding} quantizes first. */
interface OnRounded<M> extends Tuned<M>, ByTraining<long[][]> {

  /** Quantizes the layers that are not quantized yet. */
  DataFree rounding();

  @Override
  default void check(Llm model) {
    new Unrounded(rounding()).check(model);
    ByTraining.super.check(model);
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    return new Unrounded(rounding()).cost(model, text).then(ByTraining.super.cost(model, text));
  }

  @Override
  default Trainer<long[][]> trainer(Llm model, Windows text) {
    return tuning().trainer(model, text);
  }

  @Override
  default Llm apply(Llm model, Windows text) {
    try (Llm rounded = new Unrounded(rounding()).apply(model, text); Llm trained = trainer(rounded, text).train(rounded, adapter()).model()) {
      return finish(trained);
    }
  }
}
