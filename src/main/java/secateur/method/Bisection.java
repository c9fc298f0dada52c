package secateur.method;

import secateur.measure.Perplexity;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Windows;

/** The search for the smallest share of a family that meets a budget. */
final class Bisection {

  private static final int HALVINGS = 6;
  private static final int PARTS = 1 << HALVINGS;

  /** Steps of progress. */
  static final int STEPS = HALVINGS + 1;

  /** A model that meets the budget. */
  private record Met(Method method, double figure, Llm model) {}

  private final Budget budget;
  private final ByShare<?> family;
  private final Llm model;
  private final Windows text;
  private Met best;
  private String least = "";
  private String refusal = "";

  Bisection(Budget budget, ByShare<?> family, Llm model, Windows text) {
    this.budget = budget;
    this.family = family;
    this.model = model;
    this.text = text;
  }

  static Cost cost(ByShare<?> family, Llm model, Windows text) {
    Cost cost = Cost.forward(model, text);
    for (int i = 0; i < HALVINGS; i++) {
      cost = cost.then(family.of(0.5).cost(model, text));
    }
    return cost;
  }

  /** The model with the smallest share that meets the budget, or null if none does. */
  Candidate run(Progress progress) {
    try {
      int low = 0;
      int high = PARTS;
      while (high - low > 1) {
        int middle = (low + high) / 2;
        boolean enough = enough((double) middle / PARTS, progress);
        low = enough ? low : middle;
        high = enough ? middle : high;
      }
      return best == null ? null : candidate(progress);
    } catch (RuntimeException | Error e) {
      close(best);
      throw e;
    }
  }

  /** Whether smaller shares are to be tried: {@code share} meets the budget, or the method refuses it. */
  private boolean enough(double share, Progress progress) {
    Method method;
    try {
      method = family.of(share);
      method.check(model);
    } catch (IllegalArgumentException e) {
      refusal = " (" + e.getMessage() + ")";
      progress.step(e.getMessage());
      return true;
    }
    Met made = made(method);
    String figure = method + ": " + budget.text(made.figure());
    boolean met = made.figure() <= budget.most();
    close(met ? best : made);
    best = met ? made : best;
    least = figure;
    progress.step(figure);
    return met;
  }

  private Met made(Method method) {
    Llm made = method.apply(model, text);
    try {
      return new Met(method, budget.of(made, text), made);
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private Candidate candidate(Progress progress) {
    double loss = Math.log(Perplexity.of(best.model(), text).value());
    Candidate candidate = new Candidate(best.method(), budget.text(best.figure()), loss, best.model());
    progress.step(candidate.toString());
    return candidate;
  }

  private static void close(Met met) {
    if (met != null) {
      met.model().close();
    }
  }

  /** The last that was reached, and why no more was tried, if so. */
  String least() {
    return least + refusal;
  }
}
