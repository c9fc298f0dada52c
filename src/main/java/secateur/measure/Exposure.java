package secateur.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * How well a student writes, as its teacher sees it: the student goes on after the beginnings of texts at temperature 1, and each
 * token that it writes, until a text ends, is scored by both. p is the teacher, q the student; means are over tokens, in nats.
 *
 * @param teacher mean of -log p
 * @param student mean of -log q, an estimate of the student's entropy
 * @param error standard error of {@link #reverseKl} over the texts
 * @param own mean of KL(p ‖ q) for the next token, on what the student wrote
 * @param others the same on what the teacher wrote after the same beginnings
 * @param protocol the texts, how they were drawn, who scored them
 */
public record Exposure(double teacher, double student, double error, double own, double others, String protocol) {

  private static final Draw USUAL = new Draw(64, 192, 0);

  /**
   * How texts are drawn.
   *
   * @param prompt tokens of a window that a text begins with
   * @param tokens how many are written after them
   * @param seed the same draws the same
   */
  public record Draw(int prompt, int tokens, long seed) {

    /** Refuses texts without beginning and without end. */
    public Draw {
      if (prompt < 1 || tokens < 1) {
        throw new IllegalArgumentException(tokens + " tokens after prompts of " + prompt + ", allowed are 1 or more of each");
      }
    }

    @Override
    public String toString() {
      return "the first " + prompt + " tokens of each continued by up to " + tokens + " at temperature 1, seed " + seed;
    }
  }

  /** With 192 tokens after the first 64 of each of {@code windows}. */
  public static Exposure of(Llm student, Llm teacher, Windows windows) {
    return of(student, teacher, windows, USUAL);
  }

  /** With texts drawn in another way; an error where teacher and student do not read the same tokens. */
  public static Exposure of(Llm student, Llm teacher, Windows windows, Draw draw) {
    check(student, teacher);
    long[][] ids = windows.ids(student.tokenizerOrNull());
    if (draw.prompt() > ids[0].length) {
      throw new IllegalArgumentException("windows of " + ids[0].length + " tokens, too short for prompts of " + draw.prompt());
    }
    long[][] prompts = Arrays.stream(ids).map(window -> Arrays.copyOf(window, draw.prompt())).toArray(long[][]::new);
    Continued own = Continued.by(student, prompts, draw, student.head().rows());
    Continued others = Continued.by(teacher, prompts, draw, student.head().rows());
    String protocol = windows.protocol() + ", " + draw + ", scored by " + teacher.name() + " in "
        + teacher.head().arrays().get(0).getDataType().name().toLowerCase(Locale.ROOT);
    return of(own.scores(student, teacher), others.scores(student, teacher), protocol);
  }

  private static void check(Llm student, Llm teacher) {
    long few = student.head().rows();
    long many = teacher.head().rows();
    boolean tokenizers = student.tokenizerOrNull() != null && teacher.tokenizerOrNull() != null;
    if (many < few || tokenizers && !student.tokenizer().hash().equals(teacher.tokenizer().hash())) {
      throw new IllegalArgumentException("the teacher " + teacher.name() + " knows " + many + " tokens, the student " + student.name()
          + " " + few + "; both must read with one tokenizer, and the teacher know every token that the student may write");
    }
  }

  private static Exposure of(Continued.Scores own, Continued.Scores others, String protocol) {
    double[] excess = new double[own.tokens().length];
    Arrays.setAll(excess, i -> own.teacher()[i] - own.student()[i]);
    return new Exposure(own.mean(own.teacher()), own.mean(own.student()), error(excess, own.tokens()), own.mean(own.divergence()),
        others.mean(others.divergence()), protocol);
  }

  /** Of the ratio of the sums of {@code values} and {@code tokens}, by text; 0 for one text. */
  private static double error(double[] values, double[] tokens) {
    double all = Arrays.stream(tokens).sum();
    double mean = Arrays.stream(values).sum() / all;
    double squares = IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i] - mean * tokens[i], 2)).sum();
    return Math.sqrt(squares * values.length / Math.max(1, values.length - 1)) / all;
  }

  /** e^{@link #teacher}: the teacher's perplexity of what the student writes. */
  public double perplexity() {
    return Math.exp(teacher);
  }

  /** KL(q ‖ p) for each token, from what was drawn. */
  public double reverseKl() {
    return teacher - student;
  }

  /**
   * Excess accumulated error: by how much the student is farther from the teacher on its own texts than on the teacher's, as a share
   * (Arora et al., arXiv 2204.01171; Gu et al., arXiv 2306.08543, section 3.3). 0 for a student that is the teacher.
   */
  public double excessError() {
    return own == others ? 0 : own / others - 1;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "reverse KL %.3f ± %.3f nats a token, the teacher's perplexity of the student's text %.3f (%s)",
        reverseKl(), error, perplexity(), protocol);
  }
}
