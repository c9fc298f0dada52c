package secateur.distill;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Form;
import secateur.train.Data;
import secateur.train.Masked;

/**
 * Supervised fine-tuning: all weights are trained on the responses to prompts, by cross-entropy (Wei et al., arXiv 2109.01652).
 * What a teacher said elsewhere is learned so ({@link Examples#load}).
 *
 * @param examples what is learned
 * @param form how prompts and responses are written: a {@link Form}, {@link secateur.text.Prompts}
 * @param tuning how the student trains
 */
public record FineTune(Examples examples, UnaryOperator<Example> form, Tuning tuning) implements Learning<FineTune> {

  private static final double RATE = 5e-4; // of GPT-2 base in Gu et al., arXiv 2306.08543

  /** Refuses nothing at all. */
  public FineTune {
    Objects.requireNonNull(examples, "examples");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(tuning, "tuning");
  }

  /** {@code steps} of 8 of {@code examples} with their answers alone ({@link Form#DIRECT}). */
  public FineTune(Examples examples, int steps) {
    this(examples, Form.DIRECT, Tuning.of(steps, RATE, 1));
  }

  /** With prompts and responses written in another form. */
  public FineTune as(UnaryOperator<Example> other) {
    return new FineTune(examples, other, tuning);
  }

  @Override
  public FineTune tuning(Tuning other) {
    return new FineTune(examples, form, other);
  }

  @Override
  public Optional<String> notice() {
    return examples.notice();
  }

  @Override
  public Data<Masked> data(Llm student) {
    return Learning.batches(examples.as(form), student, tuning.rows());
  }

  @Override
  public String toString() {
    return "fine-tuning " + form + " " + tuning;
  }
}
