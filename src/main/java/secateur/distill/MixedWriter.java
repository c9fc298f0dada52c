package secateur.distill;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import secateur.model.Llm;
import secateur.model.Session;
import secateur.tensor.Progress;

/**
 * Writes with student and teacher mixed: p~ = α p + (1 - α) q for each token (Gu et al., arXiv 2306.08543, section 2.2).
 *
 * @param student q
 * @param teacher p, cut to the student's vocabulary
 * @param alpha α; with 0 the student writes alone
 */
record MixedWriter(Llm student, Llm teacher, double alpha) {

  /** {@code prompts} (B, P) and {@code tokens} more each; the same {@code seed} draws the same. */
  long[][] extend(long[][] prompts, int tokens, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int begin = prompts[0].length;
    long[][] ids = Arrays.stream(prompts).map(prompt -> Arrays.copyOf(prompt, begin + tokens)).toArray(long[][]::new);
    try (Session own = new Session(student); Session theirs = new Session(teacher)) {
      for (int at = begin; at < begin + tokens; at++) {
        Progress.check();
        long[][] next = part(ids, at == begin ? 0 : at - 1, at);
        float[][] q = own.feed(next);
        float[][] p = alpha == 0 ? q : theirs.feed(next);
        double[] uniform = new double[ids.length];
        Arrays.setAll(uniform, row -> random.nextDouble());
        int[] drawn = IntStream.range(0, ids.length).parallel().map(row -> draw(mixed(q[row], p[row]), uniform[row])).toArray();
        for (int row = 0; row < ids.length; row++) {
          ids[row][at] = drawn[row];
        }
      }
    }
    return ids;
  }

  private static long[][] part(long[][] ids, int from, int to) {
    return Arrays.stream(ids).map(row -> Arrays.copyOfRange(row, from, to)).toArray(long[][]::new);
  }

  /** p~ (V) for logits of both. */
  private double[] mixed(float[] q, float[] p) {
    double[] own = softmax(q, q.length);
    double[] theirs = alpha == 0 ? own : softmax(p, q.length);
    Arrays.setAll(own, v -> alpha * theirs[v] + (1 - alpha) * own[v]);
    return own;
  }

  private static double[] softmax(float[] logits, int size) {
    double max = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < size; v++) {
      max = Math.max(max, logits[v]);
    }
    double[] weights = new double[size];
    double sum = 0;
    for (int v = 0; v < size; v++) {
      weights[v] = Math.exp(logits[v] - max);
      sum += weights[v];
    }
    double all = sum;
    Arrays.setAll(weights, v -> weights[v] / all);
    return weights;
  }

  private static int draw(double[] probabilities, double uniform) {
    double left = uniform;
    int last = 0;
    for (int v = 0; v < probabilities.length; v++) {
      last = probabilities[v] > 0 ? v : last;
      left -= probabilities[v];
      if (left < 0) {
        return v;
      }
    }
    return last; // what rounding left over
  }
}
