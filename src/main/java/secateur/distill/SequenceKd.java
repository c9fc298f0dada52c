package secateur.distill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import secateur.method.Cost;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Masked;
import secateur.train.ResponseTokens;
import secateur.train.Trainer;

/**
 * Sequence-level distillation (Kim and Rush, arXiv 1606.07947): the teacher writes on after the beginnings of windows, and a
 * student, the model that this is applied to, is trained on what it wrote by cross-entropy. The authors take the likeliest
 * sequences of a beam search; here they are drawn, unless {@link #greedy} is asked for. The teacher is not closed.
 *
 * @param teacher writes
 * @param writing how long prompts and answers are; empty for the halves of windows
 * @param temperature of the draws, 0 for the likeliest token each time
 * @param tuning how the student trains
 */
public record SequenceKd(Llm teacher, Optional<Writing> writing, double temperature, Tuning tuning) implements Taught<SequenceKd, Masked> {

  private static final double RATE = 5e-4; // of GPT-2 base in Gu et al., arXiv 2306.08543

  /** Refuses temperatures below 0. */
  public SequenceKd {
    Objects.requireNonNull(teacher, "teacher");
    Objects.requireNonNull(tuning, "tuning");
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature is " + temperature + ", allowed is 0 or more");
    }
  }

  /** {@code steps} of 8 texts, drawn from {@code teacher} at temperature 1. */
  public SequenceKd(Llm teacher, int steps) {
    this(teacher, Optional.empty(), 1, Tuning.of(steps, RATE, 1));
  }

  /** {@code tokens} after prompts of {@code prompt} tokens. */
  public SequenceKd writing(int prompt, int tokens) {
    return new SequenceKd(teacher, Optional.of(new Writing(prompt, tokens)), temperature, tuning);
  }

  /** Drawn at another temperature. */
  public SequenceKd temperature(double other) {
    return new SequenceKd(teacher, writing, other, tuning);
  }

  /** With the likeliest token each time. */
  public SequenceKd greedy() {
    return temperature(0);
  }

  @Override
  public SequenceKd tuning(Tuning other) {
    return new SequenceKd(teacher, writing, temperature, other);
  }

  @Override
  public void check(Llm model) {
    Vocabularies.check(teacher, model);
    Taught.super.check(model);
  }

  /** No more is written than is read. */
  @Override
  public Trainer<Masked> trainer(Llm model, Windows text) {
    long[][] windows = tuning.windows().orElse(text).ids(model.tokenizerOrNull());
    Writing lengths = Writing.of(writing, windows[0].length);
    lengths.check(windows, lengths.prompt(), teacher, model);
    long read = (long) tuning.recipe().schedule().steps() * tuning.recipe().accumulate() * tuning.rows();
    long[][] some = Arrays.copyOf(windows, (int) Math.min(windows.length, read));
    WrittenText.Manner manner = new WrittenText.Manner(temperature, Math.toIntExact(model.head().rows()), tuning.rows());
    return tuning.trainer(new ResponseTokens(), new WrittenText(teacher, some, lengths, manner));
  }

  /** A pass of the teacher for each token that is read, though it writes before the training begins. */
  @Override
  public Cost teaching(long tokens) {
    return new Cost(0, new OpenTeacher(teacher).cost(tokens).flops());
  }

  @Override
  public String toString() {
    String drawn = temperature == 1 ? "" : temperature == 0 ? " greedy" : String.format(Locale.ROOT, " τ=%s", temperature);
    return "sequence KD" + drawn + writing.map(w -> " " + w).orElse("") + " from " + teacher.name() + " " + tuning;
  }
}
