package secateur.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import secateur.model.Llm;
import secateur.model.Replies;
import secateur.model.Sampler;
import secateur.text.Example;
import secateur.text.Examples;

/**
 * ROUGE-L (Lin, 2004): the F-measure of the longest common subsequence of words, 2 P R / (P + R) with P = lcs / words of the
 * reply and R = lcs / words of the reference, as the package rouge_score computes it without stemming. Words are runs of the
 * letters a to z and digits; capitals are made small.
 *
 * @param value mean over the examples, 0 to 1
 * @param error standard error of the mean
 * @param protocol the examples, how they were answered, the tokenizer and the arithmetic
 */
public record RougeL(double value, double error, String protocol) {

  /** Of {@code model}'s replies of up to {@code tokens} tokens to {@code examples}, the likeliest token each time. */
  public static RougeL of(Llm model, Examples examples, int tokens) {
    List<String> replies = Replies.of(model, examples.list().stream().map(Example::prompt).toList(), tokens, Sampler.GREEDY);
    double[] scores = new double[replies.size()];
    Arrays.setAll(scores, i -> of(examples.list().get(i).response(), replies.get(i)));
    double mean = Arrays.stream(scores).average().orElseThrow();
    double variance = Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).sum() / Math.max(1, scores.length - 1);
    return new RougeL(mean, Math.sqrt(variance / scores.length), examples.protocol() + ", ROUGE-L F without stemming, greedy, up to "
        + tokens + " tokens, " + Protocol.of(model));
  }

  /** Of one {@code reply}; 0 where the two have no word in common. */
  public static double of(String reference, String reply) {
    String[] wanted = words(reference);
    String[] got = words(reply);
    int common = common(wanted, got);
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / got.length;
    double recall = (double) common / wanted.length;
    return 2 * precision * recall / (precision + recall);
  }

  private static String[] words(String text) {
    String spaced = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    return spaced.isEmpty() ? new String[0] : spaced.split(" ");
  }

  /** The length of the longest common subsequence, row by row. */
  private static int common(String[] a, String[] b) {
    int[] above = new int[b.length + 1];
    for (String word : a) {
      int[] row = new int[b.length + 1];
      for (int j = 1; j <= b.length; j++) {
        row[j] = word.equals(b[j - 1]) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
      }
      above = row;
    }
    return above[b.length];
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "ROUGE-L %.3f ± %.3f (%s)", value, error, protocol);
  }
}
