package secateur.train;

import java.util.Objects;
import secateur.model.Llm;
import secateur.tensor.Scope;

/**
 * The one training loop: a loss, the data for it, a recipe. What is trained, an {@link Adapter} says.
 *
 * <pre>{@code
 * var data = new TokenWindows(TokenFile.open(path), 32, 512, 0);
 * var trained = new Trainer<>(Recipe.of(1000, 1e-3), new NextToken(), data, Upkeep.none()).train(model, new FullTraining());
 * }</pre>
 *
 * @param <B> a batch
 */
public record Trainer<B>(Recipe recipe, Loss<B> loss, Data<B> data, Upkeep<B> upkeep) {

  /** Refuses nothing at all. */
  public Trainer {
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(upkeep, "upkeep");
  }

  /**
   * Trains a copy of what {@code adapter} chooses; {@code model} itself stays as it is. Where the checkpoint of an
   * interrupted training exists, it goes on from there, to the same weights bit for bit on the same CPU. What cannot fit
   * the memory is refused before it begins.
   */
  public Trained train(Llm model, Adapter adapter) {
    demand(model, adapter).check(adapter + " of " + model.name() + " in batches of " + data.tokens() + " tokens");
    try (Scope scope = new Scope(); OpenModel open = new OpenModel(model, adapter, recipe.optimizer().moments())) {
      Run<B> run = new Run<>(this, open);
      run.resume();
      run.toEnd();
      return new Trained(open.settled(), run.curve());
    }
  }

  /** What {@link #train} takes. */
  public Demand demand(Llm model, Adapter adapter) {
    return Demand.of(this, model, adapter);
  }
}
