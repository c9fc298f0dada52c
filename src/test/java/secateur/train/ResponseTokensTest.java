package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

class ResponseTokensTest {

  private static final ResponseTokens LOSS = new ResponseTokens();

  private static long[][] ids(Random random, int rows, int length) {
    long[][] ids = new long[rows][];
    Arrays.setAll(ids, row -> random.longs(length, 0, 40).toArray());
    return ids;
  }

  private static float[][] weights(int rows, int length, float weight) {
    float[][] weights = new float[rows][length];
    Arrays.stream(weights).forEach(row -> Arrays.fill(row, weight));
    return weights;
  }

  private static double loss(Llm model, Masked batch) {
    try (Scope scope = new Scope()) {
      return LOSS.of(model, batch).getFloat();
    }
  }

  /** From the logits, one token after the other. */
  private static double byHand(Llm model, Masked batch) {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < batch.rows(); row++) {
      float[][] logits = model.logits(Arrays.copyOf(batch.ids()[row], batch.length()));
      for (int t = 0; t < batch.length(); t++) {
        float[] z = logits[t];
        double all = 0;
        for (float each : z) {
          all += Math.exp(each);
        }
        sum += batch.weights()[row][t] * (Math.log(all) - z[(int) batch.ids()[row][t + 1]]);
        weights += batch.weights()[row][t];
      }
    }
    return sum / weights;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void isTheWeightedMean(int seed) {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(4);
    int length = 2 + random.nextInt(10);
    float[][] weights = new float[rows][length];
    Arrays.stream(weights).forEach(row -> Arrays.setAll(new Object[length], t -> row[t] = random.nextBoolean() ? 0 : random.nextFloat()));
    weights[0][length - 1] = 1;
    Masked batch = new Masked(ids(random, rows, length + 1), weights);
    try (Llm model = Llm.random(Tiny.config(), seed)) {
      assertThat(loss(model, batch)).isEqualTo(byHand(model, batch), within(2e-5));
    }
  }

  @Test
  void ofEveryTokenItIsNextTokens() {
    long[][] ids = ids(new Random(7), 3, 9);
    try (Llm model = Llm.random(Tiny.config(), 7); Scope scope = new Scope()) {
      assertThat(loss(model, new Masked(ids, weights(3, 8, 0.25f)))).isEqualTo(new NextToken().of(model, ids).getFloat(), within(1e-5));
    }
  }

  @Test
  void paddingChangesNothing() {
    long[][] ids = ids(new Random(8), 2, 7);
    long[][] padded = Arrays.stream(ids).map(row -> Arrays.copyOf(row, 15)).toArray(long[][]::new);
    float[][] some = {{0, 0, 1, 1, 1, 0}, {0, 0, 0, 0, 1, 1}};
    float[][] more = Arrays.stream(some).map(row -> Arrays.copyOf(row, 14)).toArray(float[][]::new);
    try (Llm model = Llm.random(Tiny.config(), 8)) {
      assertThat(loss(model, new Masked(padded, more))).isEqualTo(loss(model, new Masked(ids, some)), within(1e-5));
    }
  }

  /** Softmax minus one, times its share, at each place that counts; nothing at the others. */
  @Test
  void itsGradientIsThatOfTheWeightedMean() {
    Masked batch = new Masked(new long[][] {{0, 2, 1, 1}}, new float[][] {{0, 3, 1}});
    try (Llm model = Llm.random(Tiny.config(), 8); Scope scope = new Scope()) {
      NDArray logits = Gradients.trainable(model.forward(LOSS.input(model, batch)).get(":, :, :3"));
      Gradients.add(() -> LOSS.of(logits, model, batch));
      NDArray softmax = logits.stopGradient().softmax(-1);
      float[] p = softmax.toFloatArray();
      float[] gradient = logits.getGradient().toFloatArray();
      for (int i = 0; i < 9; i++) {
        double share = i < 3 ? 0 : i < 6 ? 0.75 : 0.25;
        double right = share * (p[i] - (i % 3 == 1 ? 1 : 0));
        assertThat(gradient[i]).isEqualTo((float) right, within(1e-6f));
      }
    }
  }

  @Test
  void malformedBatchesAreRefused() {
    assertThatThrownBy(() -> new Masked(new long[][] {{1, 2}, {1}}, weights(2, 1, 1))).hasMessageContaining("row 1 has 1 ids");
    assertThatThrownBy(() -> new Masked(new long[][] {{1, 2}}, weights(1, 1, 0))).hasMessageContaining("nothing to learn");
    assertThatThrownBy(() -> new Masked(new long[][] {{1, 2}}, weights(1, 1, -1))).hasMessageContaining("weight is -1");
    assertThatThrownBy(() -> new Masked(new long[][] {{1, 2}}, weights(2, 1, 1))).hasMessageContaining("1 rows of ids and 2");
  }
}
