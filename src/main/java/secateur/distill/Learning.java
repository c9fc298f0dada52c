package secateur.distill;

import java.util.Optional;
import secateur.method.Cost;
import secateur.model.Llm;
import secateur.tensor.Progress;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Tokenizer;
import secateur.text.Windows;
import secateur.train.Data;
import secateur.train.ExampleBatches;
import secateur.train.Masked;
import secateur.train.ResponseTokens;
import secateur.train.Trainer;

/**
 * A method that trains a student, the model that it is applied to, on prompts and responses; tokens of the responses count.
 *
 * @param <M> the method
 */
interface Learning<M> extends Taught<M, Masked> {

  /** Tokens that a form puts around a question and an answer, about. */
  int WORDS = 12;

  /** What the student learns from, which is written or asked for when the first batch is. */
  Data<Masked> data(Llm student);

  /** What whoever trains should be told of what the student learns from. */
  Optional<String> notice();

  @Override
  default Llm apply(Llm model, Windows text) {
    notice().ifPresent(Progress::notice);
    return Taught.super.apply(model, text);
  }

  @Override
  default Trainer<Masked> trainer(Llm model, Windows text) {
    return tuning().trainer(new ResponseTokens(), data(model));
  }

  /** Windows are not what it learns from. */
  @Override
  default M on(Windows other) {
    throw new UnsupportedOperationException(this + " learns from examples, not from windows of a text");
  }

  @Override
  default void check(Llm model) {
    model.tokenizer();
    Taught.super.check(model);
  }

  @Override
  default Cost teaching(long tokens) {
    return new Cost(0, 0);
  }

  /** {@code examples} in batches for {@code student}, whose context must be as long as the longest. */
  static ExampleBatches batches(Examples examples, Llm student, int rows) {
    ExampleBatches batches = new ExampleBatches(examples, student.tokenizer(), rows, 0);
    int context = student.spec().sizes().context();
    if (batches.length() > context + 1) {
      throw new IllegalArgumentException("an example of " + examples.name() + " has " + batches.length() + " tokens, but the context of " + student.name() + " has " + context);
    }
    return batches;
  }

  /** Tokens of the longest prompt and response of {@code examples}, in any form. */
  static int longest(Examples examples, Llm student) {
    Tokenizer tokenizer = student.tokenizer();
    return WORDS + examples.list().stream().mapToInt(each -> tokenizer.encode(text(each)).length).max().orElseThrow();
  }

  private static String text(Example each) {
    return each.prompt() + " " + each.rationale() + " " + each.response();
  }
}
