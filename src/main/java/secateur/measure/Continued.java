package secateur.measure;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import secateur.model.Generator;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.tensor.Divergences;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/**
 * Texts that a model wrote after prompts.
 *
 * @param ids (texts, P + N)
 * @param prompt P
 * @param end the token that ends a text, or -1
 */
record Continued(long[][] ids, int prompt, long end) {

  private static final int TOGETHER = 64;

  /**
   * Sums over the tokens of each text that count.
   *
   * @param tokens how many
   * @param teacher of -log p
   * @param student of -log q
   * @param divergence of KL(p ‖ q)
   */
  record Scores(double[] tokens, double[] teacher, double[] student, double[] divergence) {

    Scores(int texts) {
      this(new double[texts], new double[texts], new double[texts], new double[texts]);
    }

    /** Of {@code sums}, by token. */
    double mean(double[] sums) {
      return Arrays.stream(sums).sum() / Arrays.stream(tokens).sum();
    }
  }

  /** What {@code writer} writes of the first {@code vocabulary} tokens. */
  static Continued by(Llm writer, long[][] prompts, Exposure.Draw draw, long vocabulary) {
    Sampler any = Sampler.temperature(1, draw.seed());
    Generator generator = new Generator(writer, logits -> any.choose(Arrays.copyOf(logits, (int) vocabulary)));
    List<long[]> written = new ArrayList<>();
    try (Progress progress = Progress.of(writer.name() + " writes", (prompts.length + TOGETHER - 1) / TOGETHER)) {
      for (int at = 0; at < prompts.length; at += TOGETHER) {
        long[][] some = Arrays.copyOfRange(prompts, at, Math.min(prompts.length, at + TOGETHER));
        written.addAll(List.of(generator.extend(some, draw.tokens())));
        progress.step();
      }
    }
    long end = writer.tokenizerOrNull() == null ? -1 : writer.tokenizer().end().orElse(-1);
    return new Continued(written.toArray(long[][]::new), draw.prompt(), end);
  }

  /** What both think of them. */
  Scores scores(Llm student, Llm teacher) {
    Scores scores = new Scores(ids.length);
    int batch = Perplexity.batch(teacher, ids);
    try (Progress progress = Progress.of("scoring texts", (ids.length + batch - 1) / batch)) {
      for (int at = 0; at < ids.length; at += batch) {
        try (Scope scope = new Scope()) {
          score(student, teacher, at, scores, Math.min(ids.length, at + batch));
        }
        progress.step();
      }
    }
    return scores;
  }

  private void score(Llm student, Llm teacher, int from, Scores scores, int to) {
    NDArray all = student.ids(Arrays.copyOfRange(ids, from, to)); // (B, P + N)
    String written = ":, " + (prompt - 1) + ":";
    NDArray q = student.forward(all.get(":, :-1")).get(written); // (B, N, V)
    NDArray p = teacher.forward(all.get(":, :-1")).get(written).get("..., :" + student.head().rows());
    NDArray next = all.get(":, " + prompt + ":");
    add(Divergences.crossEntropy(p, next), from, scores.teacher());
    add(Divergences.crossEntropy(q, next), from, scores.student());
    add(Divergences.forwardKl(q, p, 1), from, scores.divergence());
    IntStream.range(from, to).forEach(text -> scores.tokens()[text] = counted(text));
  }

  /** Sums up what counts of {@code values} (B, N). */
  private void add(NDArray values, int from, double[] sums) {
    float[] flat = values.toFloatArray();
    int tokens = ids[0].length - prompt;
    for (int row = 0; row < flat.length / tokens; row++) {
      int first = row * tokens;
      sums[from + row] = IntStream.range(first, first + counted(from + row)).mapToDouble(i -> flat[i]).sum();
    }
  }

  /** Tokens written, to the one that ends the text. */
  private int counted(int text) {
    int all = ids[text].length;
    return IntStream.range(prompt, all).filter(t -> ids[text][t] == end).findFirst().orElse(all - 1) - prompt + 1;
  }
}
