package secateur.distill;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Trainer;

/**
 * Generalised, on-policy distillation (Agarwal et al., GKD, arXiv 2306.13649, algorithm 1): a student, the model that this is
 * applied to, is trained to a divergence from the teacher on windows, or, in a share λ of the steps, on what it has written itself
 * after their beginnings a moment before; no gradient flows through the drawing. The teacher is not closed.
 *
 * @param teacher stays open
 * @param writing how long prompts and answers are; empty for the halves of windows. Answers count alone
 * @param divergence any
 * @param temperature τ of the divergence; texts are drawn at 1
 * @param own λ
 * @param tuning how the student trains
 */
public record Gkd(Llm teacher, Optional<Writing> writing, Divergence divergence, double temperature, double own, Tuning tuning)
    implements Taught<Gkd, PromptBatch> {

  private static final double RATE = 3e-4;
  private static final double HALF = 0.5;

  /** Refuses what {@link KdLoss} does, and shares that are none. */
  public Gkd {
    Objects.requireNonNull(tuning, "tuning");
    new KdLoss(new OpenTeacher(teacher), divergence, temperature, 1);
    if (!(own >= 0 && own <= 1)) {
      throw new IllegalArgumentException("the share of the student's own texts is " + own + ", allowed is 0 to 1");
    }
  }

  /** {@code steps} of 8 texts, half of them the student's own, by JS(0.5). */
  public Gkd(Llm teacher, int steps) {
    this(teacher, Optional.empty(), new JensenShannon(HALF), 1, HALF, Tuning.of(steps, RATE, 1));
  }

  /** {@code tokens} after prompts of {@code prompt} tokens. */
  public Gkd writing(int prompt, int tokens) {
    return new Gkd(teacher, Optional.of(new Writing(prompt, tokens)), divergence, temperature, own, tuning);
  }

  /** By another divergence. */
  public Gkd divergence(Divergence other) {
    return new Gkd(teacher, writing, other, temperature, own, tuning);
  }

  /** At another temperature τ. */
  public Gkd temperature(double other) {
    return new Gkd(teacher, writing, divergence, other, own, tuning);
  }

  /** With {@code share} of the steps on the student's own texts. */
  public Gkd own(double share) {
    return new Gkd(teacher, writing, divergence, temperature, share, tuning);
  }

  @Override
  public Gkd tuning(Tuning other) {
    return new Gkd(teacher, writing, divergence, temperature, own, other);
  }

  @Override
  public void check(Llm model) {
    Vocabularies.check(teacher, model);
    Taught.super.check(model);
  }

  @Override
  public Trainer<PromptBatch> trainer(Llm model, Windows text) {
    long[][] windows = tuning.windows().orElse(text).ids(model.tokenizerOrNull());
    Writing lengths = Writing.of(writing, windows[0].length);
    lengths.check(windows, lengths.length(), teacher, model);
    KdLoss loss = new KdLoss(new OpenTeacher(teacher), divergence, temperature, 1);
    return tuning.trainer(new OnPolicyKd(teacher, loss, lengths, own), new Prompts(windows, lengths.length(), tuning.rows(), 1));
  }

  @Override
  public Cost teaching(long tokens) {
    return new OpenTeacher(teacher).cost(tokens);
  }

  /** In a share of the steps the student writes what it learns from. */
  @Override
  public Cost beside(Llm model, Trainer<PromptBatch> trainer) {
    double written = own * Taught.batches(trainer) * trainer.data().tokens();
    return Taught.super.beside(model, trainer).with(new Cost(0, OpenTeacher.pass(model, written)));
  }

  @Override
  public String toString() {
    String share = own == HALF ? "" : String.format(Locale.ROOT, " λ=%s", own);
    String heat = temperature == 1 ? "" : String.format(Locale.ROOT, " τ=%s", temperature);
    return "GKD " + Divergence.label(divergence) + heat + share + writing.map(w -> " " + w).orElse("") + " from " + teacher.name() + " " + tuning;
  }
}
