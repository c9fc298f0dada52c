package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.model.Llm;
import secateur.text.Windows;

class PerplexityTest {

  private static Llm model;

  @BeforeAll
  static void load() {
    model = Golden.model("llama");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** -log softmax(logits)[target], in float64. */
  private static double surprise(float[] logits, long target) {
    double max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
    double sum = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - max)).sum();
    return Math.log(sum) + max - logits[(int) target];
  }

  /** Nats per token of a window, from the logits that transformers gave for it. */
  private static double expected(int window) {
    long[] ids = Golden.ids("llama")[window];
    try (NDArray logits = Golden.expected("llama", "logits")) {
      float[] flat = logits.toFloatArray();
      return IntStream.range(0, 47).mapToDouble(t -> {
        int at = (window * 48 + t) * 320;
        return surprise(Arrays.copyOfRange(flat, at, at + 320), ids[t + 1]);
      }).average().orElseThrow();
    }
  }

  @Test
  void ofTheExpectedLogits() {
    double mean = (expected(0) + expected(1)) / 2;
    assertThat(Perplexity.of(model, Golden.windows("llama")).value()).isCloseTo(Math.exp(mean), within(1e-3));
  }

  @Test
  void itsStandardErrorOverTheWindows() {
    double difference = expected(0) - expected(1);
    double value = Math.exp((expected(0) + expected(1)) / 2);
    assertThat(Perplexity.of(model, Golden.windows("llama")).error()).isCloseTo(value * Math.abs(difference) / 2, within(1e-3));
  }

  @Test
  void oneWindowHasNoError() {
    Perplexity one = Perplexity.of(model, Windows.of(new long[][] {Golden.ids("llama")[0]}));
    assertThat(one.value()).isCloseTo(Math.exp(expected(0)), within(1e-3));
    assertThat(one.error()).isZero();
  }

  @Test
  void aWindowCountsTheSameWhereverItStands() {
    long[] a = Golden.ids("llama")[0];
    long[] b = Golden.ids("llama")[1];
    double once = Perplexity.of(model, Windows.of(new long[][] {a, b})).value();
    long[][] many = IntStream.range(0, 40).mapToObj(i -> i % 2 == 0 ? a : b).toArray(long[][]::new);
    assertThat(Perplexity.of(model, Windows.of(many)).value()).isCloseTo(once, within(1e-4));
  }

  @Test
  void twoTokensAreEnough() {
    float[] logits = model.logits(new long[] {5, 9})[0];
    assertThat(Perplexity.of(model, Windows.of(new long[][] {{5, 9}})).value()).isCloseTo(Math.exp(surprise(logits, 9)), within(1e-2));
  }

  @Test
  void theProtocolSaysWhatWasRead() {
    assertThat(Perplexity.of(model, Golden.windows("llama")).protocol()).contains("sha256", "2 windows of 48", "float32");
    assertThat(Perplexity.of(model, Golden.windows("llama"))).asString().matches("perplexity [\\d.]+ ± [\\d.]+ \\(.*\\)");
  }

  @Test
  void aTokenThatTheModelDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> Perplexity.of(model, Windows.of(new long[][] {{1, 320}}))).hasMessageContaining("320");
  }
}
