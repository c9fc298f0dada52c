package secateur.text;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** How a question with its rationale and answer becomes a prompt and a response. */
public enum Form implements UnaryOperator<Example> {

  /** {@code question ### answer}. */
  DIRECT("%s ###") {
    @Override
    String response(Example example) {
      return example.response();
    }
  },

  /** {@code question ### rationale --> answer} (Ho et al., fine-tune-CoT, arXiv 2212.10071). */
  CHAIN_OF_THOUGHT("%s ###") {
    @Override
    String response(Example example) {
      return reasoned(example) + " " + Example.ARROW + " " + example.response();
    }
  },

  /** {@code [label] question answer}, one of two tasks (Hsieh et al., distilling step-by-step, arXiv 2305.02301). */
  LABEL("[label] %s") {
    @Override
    String response(Example example) {
      return example.response();
    }
  },

  /** {@code [rationale] question rationale}, the other of the two. */
  RATIONALE("[rationale] %s") {
    @Override
    String response(Example example) {
      return reasoned(example);
    }
  };

  private final String prompt;

  Form(String prompt) {
    this.prompt = prompt;
  }

  /** What a model reads before it answers {@code question}. */
  public String prompt(String question) {
    return prompt.formatted(question);
  }

  abstract String response(Example example);

  /** {@code example} in this form; an error where it lacks the rationale that the form needs. */
  @Override
  public Example apply(Example example) {
    return example.worded(prompt(example.prompt()), " " + response(example));
  }

  private static String reasoned(Example example) {
    if (example.rationale().isEmpty()) {
      throw new IllegalArgumentException("the question \"" + example.prompt() + "\" has no rationale, which this form needs");
    }
    return example.rationale();
  }

  /** {@code "chain of thought"}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
