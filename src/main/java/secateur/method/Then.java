package secateur.method;

import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/** Two methods in a row. */
record Then(Method first, Method second) implements Method {

  @Override
  public void check(Llm model) {
    first.check(model);
    second.check(model);
  }

  /** The model between the two stays until the second is done. */
  @Override
  public Cost cost(Llm model, Windows text) {
    return first.cost(model, text).then(second.cost(model, text).with(Cost.weights(model)));
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Progress progress = Progress.of(toString(), 2); Llm between = first.apply(model, text)) {
      second.check(between);
      progress.step();
      Llm made = second.apply(between, text);
      progress.done();
      return made;
    }
  }

  @Override
  public String toString() {
    return first + " + " + second;
  }
}
