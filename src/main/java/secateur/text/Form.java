package secateur.text;

import java.util.function.UnaryOperator;

/** How a question with its rationale and answer becomes a prompt and a response. */
public enum Form implements UnaryOperator<Example> {

  /** {@code question ### answer}. */
  DIRECT {
    @Override
    public Example apply(Example example) {
      return example.worded(example.prompt() + " ###", " " + example.response());
    }
  },

  /** {@code question ### rationale --> answer} (Ho et al., fine-tune-CoT, arXiv 2212.10071). */
  CHAIN_OF_THOUGHT {
    @Override
    public Example apply(Example example) {
      return example.worded(example.prompt() + " ###", " " + reasoned(example) + " " + Example.ARROW + " " + example.response());
    }
  },

  /** {@code [label] question answer}, one of two tasks (Hsieh et al., distilling step-by-step, arXiv 2305.02301). */
  LABEL {
    @Override
    public Example apply(Example example) {
      return example.worded("[label] " + example.prompt(), " " + example.response());
    }
  },

  /** {@code [rationale] question rationale}, the other of the two. */
  RATIONALE {
    @Override
    public Example apply(Example example) {
      return example.worded("[rationale] " + example.prompt(), " " + reasoned(example));
    }
  };

  private static String reasoned(Example example) {
    if (example.rationale().isEmpty()) {
      throw new IllegalArgumentException("the question \"" + example.prompt() + "\" has no rationale, which this form needs");
    }
    return example.rationale();
  }
}
