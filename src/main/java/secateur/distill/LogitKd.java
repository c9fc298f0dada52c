package secateur.distill;

import java.util.Locale;
import java.util.Objects;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.EqualWeights;
import secateur.train.Masked;
import secateur.train.Trainer;

/**
 * Distillation of logits (Hinton et al., arXiv 1503.02531): a student, the model that this is applied to, is trained to
 * (1 - a) CE + a τ² D on a text, with D a divergence from what the teacher thinks of each next token. Forward KL, τ = 1 and a = 0.5 are
 * the baseline of Gu et al. (arXiv 2306.08543), and so is the rate of 5e-4. The teacher must have the student's tokenizer; it is
 * not closed.
 *
 * <pre>{@code
 * lab.step(new Student(0.5)).step(new LogitKd(teacher, 400).temperature(2));
 * }</pre>
 *
 * @param teacher a model, or what it has said
 * @param divergence D
 * @param temperature τ
 * @param share a
 * @param tuning how it trains
 */
public record LogitKd(Teacher teacher, Divergence divergence, double temperature, double share, Tuning tuning)
    implements Taught<LogitKd, Masked> {

  private static final double RATE = 5e-4; // of GPT-2 base in Gu et al.
  private static final double SHARE = 0.5;

  /** Refuses what {@link KdLoss} does. */
  public LogitKd {
    new KdLoss(teacher, divergence, temperature, share);
    Objects.requireNonNull(tuning, "tuning");
  }

  /** {@code steps} of 8 windows with {@code teacher}, a model that stays open. */
  public LogitKd(Llm teacher, int steps) {
    this(new OpenTeacher(teacher), steps);
  }

  /** {@code steps} of 8 windows with {@code teacher}. */
  public LogitKd(Teacher teacher, int steps) {
    this(teacher, new ForwardKl(), 1, SHARE, Tuning.of(steps, RATE, 1));
  }

  /** With another divergence. */
  public LogitKd divergence(Divergence other) {
    return new LogitKd(teacher, other, temperature, share, tuning);
  }

  /** At another temperature τ. */
  public LogitKd temperature(double other) {
    return new LogitKd(teacher, divergence, other, share, tuning);
  }

  /** With {@code other} of the loss from the teacher, the rest cross-entropy. */
  public LogitKd share(double other) {
    return new LogitKd(teacher, divergence, temperature, other, tuning);
  }

  @Override
  public LogitKd tuning(Tuning other) {
    return new LogitKd(teacher, divergence, temperature, share, other);
  }

  @Override
  public void check(Llm model) {
    teacher.check(model, temperature);
    Taught.super.check(model);
  }

  @Override
  public Trainer<Masked> trainer(Llm model, Windows text) {
    return tuning.trainer(new KdLoss(teacher, divergence, temperature, share),
        new EqualWeights(tuning.batches(model, tuning.windows().orElse(text))));
  }

  @Override
  public Cost teaching(long tokens) {
    return teacher.cost(tokens);
  }

  @Override
  public String toString() {
    String heat = temperature == 1 ? "" : String.format(Locale.ROOT, " τ=%s", temperature);
    String part = share == SHARE ? "" : String.format(Locale.ROOT, " a=%s", share);
    return "logit KD " + Divergence.label(divergence) + heat + part + " from " + teacher + " " + tuning;
  }
}
