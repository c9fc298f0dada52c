package secateur.measure;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;
import secateur.model.Llm;
import secateur.text.Choices;
import secateur.text.Choices.Question;

/**
 * The share of questions of which a model finds the right choice the likeliest, as lm-evaluation-harness measures it: a choice
 * stands after its query and a blank, and its score is the sum of its tokens' log-probabilities.
 *
 * @param acc with the scores as they are
 * @param accNorm with each score divided by the choice's bytes in UTF-8, without the blank
 * @param count how many questions
 * @param protocol the questions, how they were scored, the tokenizer and the arithmetic
 */
public record MultipleChoice(double acc, double accNorm, int count, String protocol) {

  /** Of {@code model} on {@code choices}; of equal scores the first counts. */
  public static MultipleChoice of(Llm model, Choices choices) {
    Continuations all = new Continuations(model);
    choices.list().forEach(question -> question.choices().forEach(choice -> add(all, question.query(), choice)));
    double[] scores = all.logLikelihoods();
    int right = 0;
    int rightNorm = 0;
    int at = 0;
    for (Question question : choices.list()) {
      int from = at;
      int size = question.choices().size();
      right += question.gold() == best(IntStream.range(0, size).mapToDouble(i -> scores[from + i]).toArray()) ? 1 : 0;
      rightNorm += question.gold() == best(IntStream.range(0, size).mapToDouble(i -> scores[from + i] / bytes(question.choices().get(i))).toArray()) ? 1 : 0;
      at += size;
    }
    int count = choices.list().size();
    return new MultipleChoice((double) right / count, (double) rightNorm / count, count,
        choices.protocol() + ", summed log-probabilities, acc_norm by bytes, " + Protocol.of(model));
  }

  /** Blanks at the end of the query belong to the choice. */
  private static void add(Continuations all, String query, String choice) {
    String context = query.stripTrailing();
    all.add(context, (context.length() < query.length() ? query.substring(context.length()) : " ") + choice);
  }

  private static int bytes(String choice) {
    return choice.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int best(double[] scores) {
    return IntStream.range(0, scores.length).reduce(0, (a, b) -> scores[b] > scores[a] ? b : a);
  }

  /** Standard error of {@link #acc}. */
  public double error() {
    return Math.sqrt(acc * (1 - acc) / count);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "acc %.3f ± %.3f, acc_norm %.3f (%s)", acc, error(), accNorm, protocol);
  }
}
