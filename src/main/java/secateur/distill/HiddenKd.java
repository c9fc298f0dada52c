package secateur.distill;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Activations;
import secateur.train.EqualWeights;
import secateur.train.FullTraining;
import secateur.train.Masked;
import secateur.train.Trainer;

/**
 * Distillation of what is inside, as TinyBERT does it (Jiao et al., arXiv 1909.10351, equations 7 to 11): beside logits, a student,
 * the model that this is applied to, learns the residual stream of the teacher before its first block and after block
 * g(m) = ⌈m N / M⌉ for each of its own blocks m from 1 to M, through a learned projection where it is narrower, and, where both have as many heads,
 * the scores of attention before softmax. Errors are mean squares, here by those of the teacher, so that all blocks count
 * alike; all is learnt at once, where the authors learn logits last. The teacher is not closed.
 *
 * @param teacher stays open
 * @param logits the loss of the logits
 * @param hidden weight of the mean error of the streams, 0 or more
 * @param attention weight of the mean error of the scores, 0 or more
 * @param tuning how the student trains
 */
public record HiddenKd(Llm teacher, KdLoss logits, double hidden, double attention, Tuning tuning) implements Taught<HiddenKd, Masked> {

  private static final double RATE = 5e-4;
  private static final double HALF = 0.5;
  private static final int FLOAT32 = 4;
  private static final int SCORES = 2; // a student's, and by how much they differ
  private static final int PASSES = 3; // forward, and the gradients of both factors

  /** Refuses weights below 0. */
  public HiddenKd {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(tuning, "tuning");
    if (!(hidden >= 0 && attention >= 0 && hidden + attention < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weights of streams and scores are " + hidden + " and " + attention + ", allowed are 0 or more");
    }
  }

  /** {@code steps} of 8 windows; streams and scores each count as much as logits. */
  public HiddenKd(Llm teacher, int steps) {
    this(teacher, new KdLoss(new OpenTeacher(teacher), new ForwardKl(), 1, HALF), 1, 1, Tuning.of(steps, RATE, 1));
  }

  /** With other weights of streams and scores; logits count 1. */
  public HiddenKd weights(double streams, double scores) {
    return new HiddenKd(teacher, logits, streams, scores, tuning);
  }

  /** With another loss of the logits. */
  public HiddenKd logits(KdLoss other) {
    return new HiddenKd(teacher, other, hidden, attention, tuning);
  }

  @Override
  public HiddenKd tuning(Tuning other) {
    return new HiddenKd(teacher, logits, hidden, attention, other);
  }

  /** How many of the teacher's {@code all} blocks give what a student learns after {@code m} of its {@code blocks}. */
  static int taughtBy(int m, int blocks, int all) {
    return (m * all + blocks - 1) / blocks;
  }

  /** Whether all blocks of both have as many heads. */
  static boolean sameHeads(Llm teacher, Llm student) {
    return Stream.of(teacher, student).flatMap(model -> model.blocks().stream())
        .map(block -> block.heads().queries()).distinct().count() == 1;
  }

  @Override
  public void check(Llm model) {
    Vocabularies.check(teacher, model);
    logits.teacher().check(model, logits.temperature());
    if (model.blocks().size() > teacher.blocks().size()) {
      throw new IllegalArgumentException("the student has " + model.blocks().size() + " blocks, its teacher " + teacher.blocks().size()
          + "; a student learns from as many or more");
    }
    if (tuning.recipe().activations() != Activations.KEPT) {
      throw new IllegalArgumentException(this + " keeps activations; use it without recomputed()");
    }
    Taught.super.check(model);
  }

  @Override
  public Trainer<Masked> trainer(Llm model, Windows text) {
    return trainer(model, text, new Projections());
  }

  private Trainer<Masked> trainer(Llm model, Windows text, Projections projections) {
    return tuning.trainer(new InsideLoss(teacher, logits, hidden, attention, projections),
        new EqualWeights(tuning.batches(model, tuning.windows().orElse(text))));
  }

  @Override
  public Cost teaching(long tokens) {
    long streams = 4L * tokens * (teacher.blocks().size() + 1) * teacher.spec().sizes().hidden();
    return new OpenTeacher(teacher).cost(tokens).with(new Cost(2 * streams, 0)).with(logits.teacher().cost(tokens));
  }

  @Override
  public Cost beside(Llm model, Trainer<Masked> trainer) {
    Cost beside = Taught.super.beside(model, trainer);
    if (attention == 0 || !sameHeads(teacher, model)) {
      return beside;
    }
    double pairs = (double) trainer.data().tokens() * trainer.data().tokens() / tuning.rows(); // B T T
    double bytes = FLOAT32 * pairs * (heads(teacher) + SCORES * heads(model));
    double flops = 2 * pairs * (products(teacher) + PASSES * products(model));
    return beside.with(new Cost((long) bytes, Taught.batches(trainer) * flops));
  }

  /** Of all blocks. */
  private static long heads(Llm model) {
    return model.blocks().stream().mapToLong(block -> block.heads().queries()).sum();
  }

  /** For each score of all heads of all blocks. */
  private static long products(Llm model) {
    return model.blocks().stream().mapToLong(block -> (long) block.heads().queries() * block.heads().size()).sum();
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    Projections projections = new Projections();
    Trainer<Masked> trainer = trainer(model, text, projections);
    checkMemory(model, trainer);
    int width = teacher.spec().sizes().hidden();
    return trainer.train(model, new Accompanied(new FullTraining(), open -> projections.begin(open, width), toString())).model();
  }

  @Override
  public String toString() {
    String weights = hidden == 1 && attention == 1 ? "" : String.format(Locale.ROOT, " %s/%s", hidden, attention);
    return "hidden KD" + weights + " from " + teacher.name() + " " + tuning;
  }
}
