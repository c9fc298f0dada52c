package secateur.method;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/**
 * Makes a model meet a budget at the cheapest loss: for each family the smallest share that meets it, found by bisection
 * to 1/64, and of these models the one with the lowest loss on the calibration text. A model that meets it stays as it is.
 *
 * @param budget what the model may take
 * @param families methods by share, such as {@code PruneNeurons::new}; what they leave takes less as the share grows
 */
public record ToBudget(Budget budget, List<ByShare<?>> families) implements Method {

  public ToBudget {
    families = List.copyOf(families);
    if (families.isEmpty()) {
      throw new IllegalArgumentException(
          "no methods to meet the budget with; name at least one by its share, for example new ToBudget(Budget.mebibytes(10), PruneNeurons::new)");
    }
  }

  /** {@code budget} met by the best of {@code families}. */
  public ToBudget(Budget budget, ByShare<?>... families) {
    this(budget, List.of(families));
  }

  @Override
  public void check(Llm model) {
    families.forEach(family -> family.of(0.5).check(model));
  }

  /** The best model so far stays until the last is done. */
  @Override
  public Cost cost(Llm model, Windows text) {
    return families.stream().map(family -> Bisection.cost(family, model, text)).reduce(Cost::then).orElseThrow()
        .with(Cost.weights(model));
  }

  /** @throws IllegalArgumentException if no family meets the budget, with the least that each reached */
  @Override
  public Llm apply(Llm model, Windows text) {
    if (budget.of(model, text) <= budget.most()) {
      return model.share();
    }
    List<Bisection> searches = families.stream().map(family -> new Bisection(budget, family, model, text)).toList();
    try (Progress progress = Progress.of(toString(), Bisection.STEPS * families.size() + 1)) {
      Candidate best = best(searches, progress);
      if (best == null) {
        throw new IllegalArgumentException(budget + " cannot be met; the least that was reached is "
            + searches.stream().map(Bisection::least).collect(Collectors.joining(", ")));
      }
      return best.model();
    }
  }

  private static Candidate best(List<Bisection> searches, Progress progress) {
    Candidate best = null;
    List<String> found = new ArrayList<>();
    try {
      for (Bisection search : searches) {
        Candidate candidate = search.run(progress);
        if (candidate != null) {
          found.add(candidate.toString());
          best = candidate.better(best);
        }
      }
      progress.step(String.join("; ", found));
      return best;
    } catch (RuntimeException | Error e) {
      Candidate.close(best);
      throw e;
    }
  }

  @Override
  public String toString() {
    return budget + " by " + families.stream().map(ByShare::label).collect(Collectors.joining(" or "));
  }
}
