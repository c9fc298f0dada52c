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
 * Distilling step by step (Hsieh et al., arXiv 2305.02301, section 3.2): a student, the model that this is applied to, learns two
 * tasks, {@code [label] question answer} and {@code [rationale] question rationale}. Both are learned in each step,
 * L = α L_label + (1 - α) L_rationale, each L the mean over the tokens of its responses. Afterwards it is asked for the label alone.
 *
 * @param lessons examples with rationales
 * @param alpha α
 * @param tuning how the student trains; a step reads each of its examples twice
 */
public record StepByStep(Lessons lessons, double alpha, Tuning tuning) implements Learning<StepByStep> {

  private static final double RATE = 5e-5; // the authors'
  private static final double ALPHA = 0.5;

  /** Refuses an α that leaves no label. */
  public StepByStep {
    Objects.requireNonNull(lessons, "lessons");
    Objects.requireNonNull(tuning, "tuning");
    if (!(alpha > 0 && alpha <= 1)) {
      throw new IllegalArgumentException("the label's share is " + alpha + ", allowed is above 0 and at most 1");
    }
  }

  /** {@code steps} of 8 of {@code lessons}, both tasks alike. */
  public StepByStep(Lessons lessons, int steps) {
    this(lessons, ALPHA, Tuning.of(steps, RATE, 1));
  }

  /** {@code steps} of 8 of {@code questions}, with the likeliest rationale of {@code teacher} for each that it answers right. */
  public StepByStep(Llm teacher, Examples questions, int steps) {
    this(new Rationales(teacher, questions).greedy(), steps);
  }

  /** {@code steps} of 8 of {@code examples}, which have rationales. */
  public StepByStep(Examples examples, int steps) {
    this(Lessons.of(examples), steps);
  }

  /** With another share of the label. */
  public StepByStep share(double label) {
    return new StepByStep(lessons, label, tuning);
  }

  @Override
  public StepByStep tuning(Tuning other) {
    return new StepByStep(lessons, alpha, other);
  }

  @Override
  public Optional<String> notice() {
    return lessons.notice();
  }

  @Override
  public Data<Masked> data(Llm student) {
    return new Later(2L * tuning.rows() * lessons.length(student), () -> both(student, lessons.examples()));
  }

  private Data<Masked> both(Llm student, Examples examples) {
    return new TwoTasks(Learning.batches(examples.as(Form.LABEL), student, tuning.rows()),
        Learning.batches(examples.as(Form.RATIONALE), student, tuning.rows()), alpha);
  }

  @Override
  public Cost teaching(long tokens) {
    return new Cost(0, tokens * lessons.flops());
  }

  @Override
  public String toString() {
    return "step by step" + (alpha == ALPHA ? "" : " " + alpha) + lessons.origin() + " " + tuning;
  }
}
