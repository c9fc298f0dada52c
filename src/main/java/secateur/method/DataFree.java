package secateur.method;

import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.text.Windows;

/** A method that looks at the weights of one layer at a time and at nothing else. */
public interface DataFree extends LayerByLayer {

  @Override
  default DataFree at(int block, Role role) {
    return this;
  }

  /** {@code layer} compressed. */
  Linear compress(Linear layer);

  @Override
  default Llm apply(Llm model, Windows text) {
    return WithoutData.run(toString(), this::at, model);
  }
}
