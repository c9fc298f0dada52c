package secateur.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import secateur.distill.Gkd;
import secateur.distill.LogitKd;
import secateur.distill.MiniLlm;
import secateur.distill.ReverseKl;
import secateur.distill.SequenceKd;
import secateur.method.ByTraining;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.prune.Recover;
import secateur.text.Windows;
import secateur.train.FullTraining;

/**
 * How students are taught, each with as many tokens to predict.
 *
 * @param teacher stays open
 * @param windows what all learn on
 * @param rate peak learning rate
 */
record Teaching(Llm teacher, Windows windows, StudentText text, StudentWriting writing, double rate) {

  /** One way to teach. */
  enum Way {

    /** The next token of the text. */
    CROSS_ENTROPY("cross-entropy", teaching -> new Recover(new FullTraining(), teaching.tuning(teaching.text.steps))),

    /** Half cross-entropy, half forward KL. */
    FORWARD_KL("KD, forward KL", teaching -> new LogitKd(teaching.teacher, 1).tuning(teaching.tuning(teaching.text.steps))),

    /** Half cross-entropy, half reverse KL. */
    REVERSE_KL("KD, reverse KL", teaching -> new LogitKd(teaching.teacher, 1).divergence(new ReverseKl()).tuning(teaching.tuning(teaching.text.steps))),

    /** What the teacher writes. */
    SEQUENCE_KD("sequence KD", Teaching::sequenceKd),

    /** Forward KL at first. */
    MINILLM("KD, then MiniLLM", Teaching::miniLlm),

    /** Forward KL at first. */
    GKD("KD, then GKD", Teaching::gkd);

    private final String label;
    private final Function<Teaching, ByTraining<?>> method;

    Way(String label, Function<Teaching, ByTraining<?>> method) {
      this.label = label;
      this.method = method;
    }

    /** What a table calls it. */
    String label() {
      return label;
    }

    /** Whether it wants a student that writes already, as {@link Teaching#beginning} makes one. */
    boolean after() {
      return this == MINILLM || this == GKD;
    }
  }

  /** What teaches in this {@code way}. */
  ByTraining<?> method(Way way) {
    return way.method.apply(this);
  }

  /** What teaches a student before it learns from its own texts. */
  ByTraining<?> beginning() {
    return new LogitKd(teacher, 1).tuning(tuning(text.steps - writing.steps(text.steps)));
  }

  private Tuning tuning(int steps) {
    return new Recover(steps).rate(rate).batch(text.batch).on(windows).tuning();
  }

  /** Tokens to predict in a step. */
  private long tokens() {
    return (long) text.batch * StudentText.LENGTH;
  }

  /** The first {@code count} windows, or all where there are fewer. */
  Windows some(int count) {
    long[][] ids = windows.ids(teacher.tokenizerOrNull());
    return Windows.of(Arrays.copyOf(ids, Math.min(ids.length, count)));
  }

  /** What figures say of it, where {@code ways} were gone. */
  String protocol(List<Way> ways) {
    String last = ways.stream().anyMatch(Way::after) ? ", MiniLLM and GKD in the last " + writing.steps(text.steps) + " after logit KD with forward KL" : "";
    return text.protocol() + last;
  }

  /** What a user is told of {@code method}. */
  static String words(ByTraining<?> method) {
    return method instanceof Recover recover ? "cross-entropy " + recover.tuning() : method.toString();
  }

  private SequenceKd sequenceKd() {
    return new SequenceKd(teacher, text.steps).writing(writing.prompt, writing.written)
        .rate(rate).batch(writing.rows(tokens())).on(some(writing.sequences));
  }

  /** Half of what a step reads is text. */
  private MiniLlm miniLlm() {
    int rows = writing.rows(tokens() / 2);
    return new MiniLlm(teacher, 1).writing(writing.prompt, writing.written).sampling(0.2, writing.texts(rows), 4)
        .tuning(Tuning.of(writing.steps(text.steps), writing.rate, 1)).batch(rows).on(windows);
  }

  private Gkd gkd() {
    return new Gkd(teacher, writing.steps(text.steps)).writing(writing.prompt, writing.written)
        .rate(writing.rate).batch(writing.rows(tokens())).on(windows);
  }
}
