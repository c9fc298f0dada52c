package secateur.method;

import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/** Two methods in a row. */
record Then(Method first, Method second) implements Method {

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Progress progress = Progress.of(toString(), 2); Llm between = first.apply(model, text)) {
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
