package secateur.method;

import secateur.model.Llm;
import secateur.text.Windows;

/** Two methods in a row. */
record Then(Method first, Method second) implements Method {

  @Override
  public Llm apply(Llm model, Windows text) {
    try (Llm between = first.apply(model, text)) {
      return second.apply(between, text);
    }
  }

  @Override
  public String toString() {
    return first + " + " + second;
  }
}
