package secateur.export;

import secateur.Golden;
import secateur.measure.Perplexity;
import secateur.model.Llm;

/** The perplexities of the models in some directories on the golden ids of one architecture, a line each. */
final class PerplexityProcess {

  private PerplexityProcess() {}

  public static void main(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      try (Llm model = Llm.load(arguments[i])) {
        System.out.println("perplexity " + Perplexity.of(model, Golden.windows(arguments[0])).value());
      }
    }
  }
}
