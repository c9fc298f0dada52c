package secateur.distill;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.model.Replies;
import secateur.model.Sampler;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.FewShot;
import secateur.text.Form;
import secateur.text.Windows;
import secateur.train.Data;
import secateur.train.Masked;
import secateur.train.ResponseTokens;
import secateur.train.Trainer;

/**
 * In-context learning distillation (Huang et al., arXiv 2212.10670): a student, the model that this is applied to, learns what the
 * teacher answers after some answered questions, and beside it the text of these questions, (1 - a) CE + a KL(p ‖ q) with the
 * teacher's p and the student's q, the mean over all tokens, of which one of the text counts β. Hard labels are what the teacher
 * answers, where the authors take those of the data. The teacher is not closed.
 *
 * @param teacher answers, the likeliest token each time
 * @param examples asked, and shown before one another
 * @param shots how many are shown
 * @param beta β: how much a token of the text counts beside one of an answer
 * @param share a, 0 for a teacher of other tokens
 * @param tuning how the student trains
 */
public record InContext(Llm teacher, Examples examples, int shots, double beta, double share, Tuning tuning) implements Learning<InContext> {

  private static final double RATE = 5e-4; // of GPT-2 base in Gu et al., arXiv 2306.08543
  private static final double BETA = 0.1;
  private static final double SHARE = 0.5;
  private static final int TOKENS = 64;

  /** Refuses no shots, a β below 0, and shares that are none. */
  public InContext {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(examples, "examples");
    Objects.requireNonNull(tuning, "tuning");
    if (shots < 1 || !(beta >= 0)) {
      throw new IllegalArgumentException(shots + " shots and a β of " + beta + ", allowed are 1 or more, and 0 or more");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share of the teacher's probabilities is " + share + ", allowed is 0 to 1; its answers have the rest");
    }
  }

  /** {@code steps} of 8 of {@code examples}, each after {@code shots} others. */
  public InContext(Llm teacher, Examples examples, int shots, int steps) {
    this(teacher, examples, shots, BETA, SHARE, Tuning.of(steps, RATE, 1));
  }

  /** With the text counting otherwise. */
  public InContext text(double other) {
    return new InContext(teacher, examples, shots, other, share, tuning);
  }

  /** With {@code other} of the loss from the teacher's probabilities, the rest from its answers. */
  public InContext share(double other) {
    return new InContext(teacher, examples, shots, beta, other, tuning);
  }

  @Override
  public InContext tuning(Tuning other) {
    return new InContext(teacher, examples, shots, beta, share, other);
  }

  @Override
  public void check(Llm model) {
    if (share > 0) {
      Vocabularies.check(teacher, model);
    }
    Learning.super.check(model);
  }

  @Override
  public Trainer<Masked> trainer(Llm model, Windows text) {
    return tuning.trainer(share == 0 ? new ResponseTokens() : new KdLoss(new OpenTeacher(teacher), new ForwardKl(), 1, share), data(model));
  }

  @Override
  public Optional<String> notice() {
    return examples.notice();
  }

  @Override
  public Data<Masked> data(Llm student) {
    long length = (shots + 1L) * Learning.longest(examples, student) + TOKENS;
    return new Later(tuning.rows() * length, () -> Learning.batches(answered(), student, tuning.rows()).prompts(beta));
  }

  /** What the teacher answers in context; a reply ends with its line. */
  Examples answered() {
    Examples direct = examples.as(Form.DIRECT);
    Examples asked = new FewShot(shots).of(direct, direct);
    List<String> replies = Replies.of(teacher, asked.list().stream().map(Example::prompt).toList(), TOKENS, Sampler.GREEDY);
    List<Example> answered = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      String line = replies.get(i).lines().findFirst().orElse("");
      if (!line.isBlank()) {
        answered.add(asked.list().get(i).worded(asked.list().get(i).prompt(), line));
      }
    }
    if (answered.isEmpty()) {
      throw new IllegalStateException(teacher.name() + " answers none of " + replies.size() + " questions, so there is nothing to learn");
    }
    return asked.with(asked.name() + ", answered by " + teacher.name(), answered);
  }

  @Override
  public Cost teaching(long tokens) {
    Cost pass = new OpenTeacher(teacher).cost(tokens);
    return share == 0 ? new Cost(0, pass.flops()) : new Cost(pass.bytes(), 2 * pass.flops()); // it answers, and says how likely
  }

  @Override
  public String toString() {
    return "in-context " + shots + "-shot" + (beta == BETA ? "" : " β=" + beta) + (share == SHARE ? "" : " a=" + share) + " from " + teacher.name() + " " + tuning;
  }
}
