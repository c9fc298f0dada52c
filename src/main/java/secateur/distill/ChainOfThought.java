package secateur.distill;

import java.util.Objects;
import java.util.Optional;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Examples;
import secateur.text.Form;
import secateur.train.Data;
import secateur.train.Masked;

/**
 * Fine-tune-CoT (Ho et al., arXiv 2212.10071): a student, the model that this is applied to, learns to think before it answers,
 * {@code question ### rationale --> answer}, from a teacher's rationales that end at the right answer.
 *
 * @param lessons examples with rationales
 * @param tuning how the student trains
 */
public record ChainOfThought(Lessons lessons, Tuning tuning) implements Learning<ChainOfThought> {

  private static final double RATE = 5e-4; // of GPT-2 base in Gu et al., arXiv 2306.08543

  /** Refuses nothing at all. */
  public ChainOfThought {
    Objects.requireNonNull(lessons, "lessons");
    Objects.requireNonNull(tuning, "tuning");
  }

  /** {@code steps} of 8 of {@code lessons}. */
  public ChainOfThought(Lessons lessons, int steps) {
    this(lessons, Tuning.of(steps, RATE, 1));
  }

  /** {@code steps} of 8 of the rationales of {@code teacher}, four for each of {@code questions}, at temperature 0.7. */
  public ChainOfThought(Llm teacher, Examples questions, int steps) {
    this(new Rationales(teacher, questions), steps);
  }

  /** {@code steps} of 8 of {@code examples}, which have rationales. */
  public ChainOfThought(Examples examples, int steps) {
    this(Lessons.of(examples), steps);
  }

  @Override
  public ChainOfThought tuning(Tuning other) {
    return new ChainOfThought(lessons, other);
  }

  @Override
  public Optional<String> notice() {
    return lessons.notice();
  }

  @Override
  public Data<Masked> data(Llm student) {
    return new Later((long) tuning.rows() * lessons.length(student),
        () -> Learning.batches(lessons.examples().as(Form.CHAIN_OF_THOUGHT), student, tuning.rows()));
  }

  @Override
  public Cost teaching(long tokens) {
    return new Cost(0, tokens * lessons.flops());
  }

  @Override
  public String toString() {
    return "chain of thought" + lessons.origin() + " " + tuning;
  }
}
