package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.tensor.Devices;
import secateur.tensor.Divergences;
import secateur.tensor.Gradients;
import secateur.tensor.Policy;
import secateur.tensor.Scope;

/** MiniLLM's gradient where all texts can be counted: 3 tokens, texts of 3, a table of logits for each of the 13 beginnings. */
class PolicyGradientTest {

  private static final int V = 3;
  private static final int N = 3;
  private static final int TEXTS = 27;
  private static final int BEGINNINGS = 13; // of 0, 1 and 2 tokens

  /** Text y as its tokens. */
  private static long[] text(int y) {
    return new long[] {y / 9, y / 3 % 3, y % 3};
  }

  /** The number of the first t tokens of text y. */
  private static int beginning(int y, int t) {
    return t == 0 ? 0 : t == 1 ? 1 + y / 9 : 4 + y / 3;
  }

  private static NDArray table(long seed) {
    Random random = new Random(seed);
    float[] values = new float[BEGINNINGS * V];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1.5 * random.nextGaussian());
    }
    return Devices.manager().create(values, new Shape(BEGINNINGS, V));
  }

  /** Logits (texts, N, V) of all texts. */
  private static NDArray logits(NDArray table) {
    float[] which = new float[TEXTS * N * BEGINNINGS];
    for (int y = 0; y < TEXTS; y++) {
      for (int t = 0; t < N; t++) {
        which[(y * N + t) * BEGINNINGS + beginning(y, t)] = 1;
      }
    }
    return Devices.manager().create(which, new Shape(TEXTS * N, BEGINNINGS)).matMul(table).reshape(TEXTS, N, V);
  }

  private static NDArray tokens() {
    long[] all = Arrays.stream(texts()).flatMapToLong(Arrays::stream).toArray();
    return Devices.manager().create(all, new Shape(TEXTS, N));
  }

  private static long[][] texts() {
    long[][] texts = new long[TEXTS][];
    Arrays.setAll(texts, PolicyGradientTest::text);
    return texts;
  }

  /** log of the probability of each token of each text, (texts, N). */
  private static NDArray logarithms(NDArray table) {
    return Divergences.crossEntropy(logits(table), tokens()).neg();
  }

  /** The gradient of sum over texts of q(y) (log q(y) - log p(y)) by the table of q. */
  private static float[] exact(NDArray student, NDArray teacher) {
    NDArray theta = Gradients.trainable(student);
    NDArray p = logarithms(teacher).sum(new int[] {1});
    Gradients.add(() -> {
      NDArray q = logarithms(theta).sum(new int[] {1});
      return q.exp().mul(q.sub(p)).sum();
    });
    return theta.getGradient().toFloatArray();
  }

  /** The expected gradient of {@code objective} over all texts, drawn from α p + (1 - α) q token by token; times N. */
  private static float[] expected(PolicyGradient objective, NDArray student, NDArray teacher, double alpha) {
    float[][] q = Batches.rows(logarithms(student));
    float[][] p = Batches.rows(logarithms(teacher));
    float[][] mixed = new float[TEXTS][N];
    float[][] weights = new float[TEXTS][N];
    float[][] ones = new float[TEXTS][N];
    for (int y = 0; y < TEXTS; y++) {
      double probability = 1;
      for (int t = 0; t < N; t++) {
        mixed[y][t] = (float) Math.log(alpha * Math.exp(p[y][t]) + (1 - alpha) * Math.exp(q[y][t]));
        probability *= Math.exp(mixed[y][t]);
      }
      Arrays.fill(weights[y], (float) probability);
      Arrays.fill(ones[y], 1);
    }
    float[][] advantages = objective.advantages(p, q, ones);
    NDArray theta = Gradients.trainable(student);
    Gradients.add(() -> objective.loss(logits(theta), logits(teacher), tokens(), new PolicyGradient.Rollout(texts(), q, mixed, advantages, weights)));
    return theta.getGradient().mul(N).toFloatArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theExpectedGradientIsThatOfReverseKl(long seed) {
    try (Scope scope = new Scope()) {
      NDArray student = table(seed);
      NDArray teacher = table(seed + 100);
      float[] exact = exact(student, teacher);
      assertThat(expected(new PolicyGradient(Double.POSITIVE_INFINITY, 1, Returns.PLAIN), student, teacher, 0)).containsExactly(exact, Offset.offset(2e-5f));
      assertThat(expected(new PolicyGradient(0.2, 1, Returns.PLAIN), student, teacher, 0)).containsExactly(exact, Offset.offset(2e-5f));
    }
  }

  /** Written out: sum over texts of p~(y) sum over t of w q (log q - log p - KL) - w R ([v = y] - q), w = q(y) / p~(y) of the token alone. */
  private static float[] writtenOut(float[][] q, float[][] p, double alpha) {
    double[] gradient = new double[BEGINNINGS * V];
    for (int y = 0; y < TEXTS; y++) {
      long[] text = text(y);
      double probability = 1;
      double[] mixed = new double[N];
      double[] reward = new double[N + 1];
      for (int t = 0; t < N; t++) {
        int at = beginning(y, t);
        mixed[t] = alpha * p[at][(int) text[t]] + (1 - alpha) * q[at][(int) text[t]];
        probability *= mixed[t];
        reward[t] = Math.log(p[at][(int) text[t]] / q[at][(int) text[t]]);
      }
      for (int t = 0; t < N; t++) {
        int at = beginning(y, t);
        double w = q[at][(int) text[t]] / mixed[t];
        double later = Arrays.stream(reward, t + 1, N).sum();
        double kl = IntStream.range(0, V).mapToDouble(v -> q[at][v] * Math.log(q[at][v] / p[at][v])).sum();
        for (int v = 0; v < V; v++) {
          double next = q[at][v] * (Math.log(q[at][v] / p[at][v]) - kl);
          gradient[at * V + v] += probability * w * (next - later * ((text[t] == v ? 1 : 0) - q[at][v]));
        }
      }
    }
    float[] all = new float[gradient.length];
    IntStream.range(0, all.length).forEach(i -> all[i] = (float) gradient[i]);
    return all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.7})
  void mixedWithTheTeacherItIsThePapersFormula(double alpha) {
    try (Scope scope = new Scope()) {
      NDArray student = table(6);
      NDArray teacher = table(106);
      float[][] q = Batches.rows(student.softmax(1));
      float[][] p = Batches.rows(teacher.softmax(1));
      assertThat(expected(new PolicyGradient(Double.POSITIVE_INFINITY, 1, Returns.PLAIN), student, teacher, alpha))
          .containsExactly(writtenOut(q, p, alpha), Offset.offset(2e-5f));
    }
  }

  @Test
  void returnsLookAhead() {
    float[][] rewards = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    float[][] weights = {{1, 1, 1, 1}, {1, 1, 0, 0}};
    assertThat(Returns.PLAIN.of(rewards, weights, 1)).isDeepEqualTo(new float[][] {{9, 7, 4, 0}, {6, 0, 0, 0}});
    assertThat(Returns.PLAIN.of(rewards, weights, 0.5)).isDeepEqualTo(new float[][] {{4.5f, 5, 4, 0}, {6, 0, 0, 0}});
    assertThat(Returns.NORMALISED.of(rewards, weights, 1)).isDeepEqualTo(new float[][] {{3, 3.5f, 4, 0}, {6, 0, 0, 0}});
    float[][] white = Returns.WHITENED.of(rewards, weights, 1); // of 3, 3.5, 4, 0, 6, 0: mean 2.75, variance 4.6458
    assertThat(white[0]).containsExactly(new float[] {0.11599f, 0.34796f, 0.57994f, -1.27586f}, Offset.offset(1e-4f));
    assertThat(white[1]).containsExactly(new float[] {1.50783f, -1.27586f, 0, 0}, Offset.offset(1e-4f));
  }

  @Test
  void theSurrogateStopsWhereTheRatioHasGoneFarEnough() {
    try (Scope scope = new Scope()) {
      NDArray now = Gradients.trainable(Devices.manager().create(new float[] {0.5f, 0.5f, -0.5f, -0.5f, 0.1f}, new Shape(1, 5)));
      NDArray then = Devices.manager().zeros(new Shape(1, 5));
      NDArray advantages = Devices.manager().create(new float[] {2, -2, 2, -2, 3}, new Shape(1, 5));
      NDArray[] value = new NDArray[1];
      Gradients.add(() -> (value[0] = Policy.surrogate(now, then, advantages, 0.2)).sum());
      float up = (float) Math.exp(0.5);
      float down = (float) Math.exp(-0.5);
      float slight = (float) Math.exp(0.1);
      assertThat(value[0].stopGradient().toFloatArray()).containsExactly(new float[] {-2.4f, 2 * up, -2 * down, 1.6f, -3 * slight}, Offset.offset(1e-5f));
      assertThat(now.getGradient().toFloatArray()).containsExactly(new float[] {0, 2 * up, -2 * down, 0, -3 * slight}, Offset.offset(1e-5f));
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new PolicyGradient(0, 1, Returns.PLAIN)).hasMessageContaining("clip is 0");
    assertThatThrownBy(() -> new PolicyGradient(0.2, 1.1, Returns.PLAIN)).hasMessageContaining("gamma 1.1");
  }
}
