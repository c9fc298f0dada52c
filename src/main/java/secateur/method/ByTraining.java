package secateur.method;

import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Adapter;
import secateur.train.Demand;
import secateur.train.Trainer;

/**
 * A method that trains. It holds what is trained and how, the {@link Trainer} with its recipe, loss and data walks.
 *
 * @param <B> a batch
 */
public interface ByTraining<B> extends Method {

  /** Which weights are trained. */
  Adapter adapter();

  /** How, and on what. */
  Trainer<B> trainer(Llm model, Windows text);

  /** What becomes of the trained model, which the caller closes; as it is, unless a method says otherwise. */
  default Llm finish(Llm trained) {
    return trained.share();
  }

  @Override
  default void check(Llm model) {
    adapter().parameters(model);
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    Demand demand = trainer(model, text).demand(model, adapter());
    return Cost.weights(model).with(new Cost(demand.bytes(), demand.flops()));
  }

  @Override
  default Llm apply(Llm model, Windows text) {
    try (Llm trained = trainer(model, text).train(model, adapter()).model()) {
      return finish(trained);
    }
  }
}
