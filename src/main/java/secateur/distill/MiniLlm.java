package secateur.distill;

import java.util.Objects;
import java.util.Optional;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.AdamW;
import secateur.train.FullTraining;
import secateur.train.Recipe;
import secateur.train.Schedule;
import secateur.train.Trainer;

/**
 * MiniLLM (Gu et al., arXiv 2306.08543): a student, the model that this is applied to, writes on after the beginnings of windows
 * and makes the reverse KL of its texts from the teacher small, by a policy gradient with the next step split off
 * ({@link PolicyGradient}), texts drawn with the teacher mixed in ({@link Sampling}), and a language-modelling term on windows
 * beside it. Settings are the authors': a constant rate of 5e-6 after 100 steps, 256 texts at a time in steps of 16, each learnt
 * from 4 times. It wants a student that already writes:
 *
 * <pre>{@code
 * lab.step(new Student(0.5)).step(new LogitKd(teacher, 400)).step(new MiniLlm(teacher, 200).sampling(0.2, 64, 4).rate(5e-5));
 * }</pre>
 *
 * @param teacher stays open
 * @param writing how long prompts and answers are; empty for the halves of windows
 * @param sampling how texts are drawn
 * @param objective what is made small
 * @param tuning how the student trains
 */
public record MiniLlm(Llm teacher, Optional<Writing> writing, Sampling sampling, PolicyGradient objective, Tuning tuning)
    implements Taught<MiniLlm, PromptBatch> {

  private static final double RATE = 5e-6;
  private static final int WARMUP = 100;
  private static final int ROWS = 16;
  private static final double DECAY = 0.01;
  private static final double HALF = 0.5;

  /** Refuses nothing at all. */
  public MiniLlm {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(tuning, "tuning");
  }

  /** {@code steps} of 16 texts. */
  public MiniLlm(Llm teacher, int steps) {
    this(teacher, Optional.empty(), Sampling.USUAL, PolicyGradient.USUAL, tuning(steps));
  }

  private static Tuning tuning(int steps) {
    Recipe recipe = new Recipe(new Schedule(steps, Math.min(WARMUP, steps), RATE, 1), new AdamW(0.9, 0.999, 1e-8, DECAY, 1), 1);
    return new Tuning(recipe, ROWS, Optional.empty(), Optional.empty());
  }

  /** {@code tokens} after prompts of {@code prompt} tokens. */
  public MiniLlm writing(int prompt, int tokens) {
    return new MiniLlm(teacher, Optional.of(new Writing(prompt, tokens)), sampling, objective, tuning);
  }

  /** {@code texts} at a time, {@code alpha} of the teacher in each draw, each learnt from {@code epochs} times. */
  public MiniLlm sampling(double alpha, int texts, int epochs) {
    return new MiniLlm(teacher, writing, new Sampling(alpha, texts, epochs), objective, tuning);
  }

  /** With another objective. */
  public MiniLlm objective(PolicyGradient other) {
    return new MiniLlm(teacher, writing, sampling, other, tuning);
  }

  @Override
  public MiniLlm tuning(Tuning other) {
    return new MiniLlm(teacher, writing, sampling, objective, other);
  }

  @Override
  public void check(Llm model) {
    Vocabularies.check(teacher, model);
    sampling.chunks(tuning.rows());
    Taught.super.check(model);
  }

  @Override
  public Trainer<PromptBatch> trainer(Llm model, Windows text) {
    Rollouts.Plan plan = plan(model, text);
    return trainer(plan, new Rollouts(plan, objective));
  }

  private Rollouts.Plan plan(Llm model, Windows text) {
    long[][] windows = tuning.windows().orElse(text).ids(model.tokenizerOrNull());
    Writing lengths = Writing.of(writing, windows[0].length);
    lengths.check(windows, lengths.length(), teacher, model);
    return new Rollouts.Plan(teacher, windows, lengths, sampling, tuning.rows());
  }

  private Trainer<PromptBatch> trainer(Rollouts.Plan plan, Rollouts rollouts) {
    OpenTeacher open = new OpenTeacher(teacher);
    KdLoss language = new KdLoss(open, new ForwardKl(), 1, HALF);
    return tuning.trainer(new OwnTexts(rollouts, open, objective, language, plan.writing()),
        new Prompts(plan.windows(), plan.writing().length(), tuning.rows(), 2));
  }

  @Override
  public Cost teaching(long tokens) {
    return new OpenTeacher(teacher).cost(tokens);
  }

  /** Texts are written, then scored by both; keys and values of what is written are gone when activations come. */
  @Override
  public Cost beside(Llm model, Trainer<PromptBatch> trainer) {
    double draws = Math.ceil(Taught.batches(trainer) / (sampling.chunks(tuning.rows()) * sampling.epochs()));
    double tokens = draws * sampling.texts() * trainer.data().tokens() / (2.0 * tuning.rows()); // half of a batch is the text beside
    double teacherReads = sampling.alpha() == 0 ? 1 : 2;
    return Taught.super.beside(model, trainer).with(new Cost(0, 2 * OpenTeacher.pass(model, tokens) + teacherReads * OpenTeacher.pass(teacher, tokens)));
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    Rollouts.Plan plan = plan(model, text);
    Rollouts rollouts = new Rollouts(plan, objective);
    Trainer<PromptBatch> trainer = trainer(plan, rollouts);
    checkMemory(model, trainer);
    return trainer.train(model, new Accompanied(new FullTraining(), open -> rollouts.open(), sampling + " " + objective + " " + plan.writing())).model();
  }

  @Override
  public String toString() {
    String drawn = sampling.equals(Sampling.USUAL) ? "" : " " + sampling;
    return "MiniLLM" + drawn + writing.map(w -> " " + w).orElse("") + " from " + teacher.name() + " " + tuning;
  }
}
