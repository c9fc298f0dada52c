package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.Living;
import secateur.model.Generator;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.text.Windows;

class ExposureTest {

  private static final Exposure.Draw DRAW = new Exposure.Draw(8, 12, 3);

  private static Llm teacher;
  private static Llm student;

  @BeforeAll
  static void load() {
    teacher = Golden.model("llama");
    student = teacher.untrained(teacher.spec().scaled(1, 1), 5);
  }

  @AfterAll
  static void close() {
    student.close();
    teacher.close();
  }

  private static double[] logSoftmax(float[] logits) {
    double max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
    double sum = IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - max)).sum();
    return IntStream.range(0, logits.length).mapToDouble(i -> logits[i] - max - Math.log(sum)).toArray();
  }

  private static double kl(double[] p, double[] q) {
    return IntStream.range(0, p.length).mapToDouble(i -> Math.exp(p[i]) * (p[i] - q[i])).sum();
  }

  /** -log p, -log q and KL(p ‖ q) of each token written, text by text, in float64 from the logits of each text by itself. */
  private static double[][][] scores(long[][] ids) {
    return Arrays.stream(ids).map(row -> {
      float[][] p = teacher.logits(row);
      float[][] q = student.logits(row);
      return IntStream.range(DRAW.prompt(), row.length).mapToObj(t -> {
        double[] logP = logSoftmax(p[t - 1]);
        double[] logQ = logSoftmax(q[t - 1]);
        return new double[] {-logP[(int) row[t]], -logQ[(int) row[t]], kl(logP, logQ)};
      }).toArray(double[][]::new);
    }).toArray(double[][][]::new);
  }

  private static double mean(double[][][] scores, int part) {
    return Arrays.stream(scores).flatMap(Arrays::stream).mapToDouble(token -> token[part]).average().orElseThrow();
  }

  private static long[][] written(Llm writer) {
    long[][] prompts = Arrays.stream(Golden.ids("llama")).map(row -> Arrays.copyOf(row, DRAW.prompt())).toArray(long[][]::new);
    return new Generator(writer, Sampler.temperature(1, DRAW.seed())).extend(prompts, DRAW.tokens());
  }

  @Test
  void ofTheLogitsOfEachTextByItself() {
    Exposure exposure = Exposure.of(student, teacher, Golden.windows("llama"), DRAW);
    double[][][] own = scores(written(student));
    double[][][] others = scores(written(teacher));
    assertThat(exposure.teacher()).isCloseTo(mean(own, 0), within(1e-4));
    assertThat(exposure.student()).isCloseTo(mean(own, 1), within(1e-4));
    assertThat(exposure.own()).isCloseTo(mean(own, 2), within(1e-4));
    assertThat(exposure.others()).isCloseTo(mean(others, 2), within(1e-4));
    assertThat(exposure.perplexity()).isCloseTo(Math.exp(mean(own, 0)), within(0.1));
    assertThat(exposure.reverseKl()).isCloseTo(mean(own, 0) - mean(own, 1), within(1e-4));
    assertThat(exposure.excessError()).isCloseTo(mean(own, 2) / mean(others, 2) - 1, within(1e-3));
  }

  @Test
  void itsStandardErrorOverTheTexts() {
    double[][][] own = scores(written(student));
    double[] texts = Arrays.stream(own).mapToDouble(text -> Arrays.stream(text).mapToDouble(token -> token[0] - token[1]).average().orElseThrow()).toArray();
    assertThat(Exposure.of(student, teacher, Golden.windows("llama"), DRAW).error()).isCloseTo(Math.abs(texts[0] - texts[1]) / 2, within(1e-3));
  }

  @Test
  void ofTheTeacherItself() {
    Exposure exposure = Exposure.of(teacher, teacher, Golden.windows("llama"), DRAW);
    assertThat(exposure.reverseKl()).isZero();
    assertThat(exposure.excessError()).isZero();
    assertThat(exposure.error()).isZero();
  }

  @Test
  void tokensBehindTheEndOfATextDoNotCount() {
    long[][] ids = written(student);
    long end = ids[0][DRAW.prompt() + 4];
    Continued.Scores scores = new Continued(ids, DRAW.prompt(), end).scores(student, teacher);
    double[][][] own = scores(ids);
    int first = (int) IntStream.range(DRAW.prompt(), ids[0].length).filter(t -> ids[0][t] == end).findFirst().orElseThrow() - DRAW.prompt();
    assertThat(scores.tokens()[0]).isEqualTo(first + 1);
    assertThat(scores.teacher()[0]).isCloseTo(Arrays.stream(own[0]).limit(first + 1).mapToDouble(token -> token[0]).sum(), within(1e-3));
  }

  @Test
  void theSameSeedDrawsTheSame() {
    Windows windows = Golden.windows("llama");
    Exposure exposure = Exposure.of(student, teacher, windows, DRAW);
    assertThat(Exposure.of(student, teacher, windows, DRAW)).isEqualTo(exposure);
    assertThat(Exposure.of(student, teacher, windows, new Exposure.Draw(8, 12, 4)).teacher()).isNotEqualTo(exposure.teacher());
    assertThat(exposure.protocol()).contains("2 windows of 48", "first 8 tokens", "12 at temperature 1, seed 3", "float32");
    assertThat(exposure).asString().contains("reverse KL", "nats a token");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Exposure.Draw(0, 3, 0)).hasMessageContaining("prompts of 0");
    assertThatThrownBy(() -> Exposure.of(student, teacher, Golden.windows("llama"), new Exposure.Draw(49, 3, 0))).hasMessageContaining("windows of 48");
    assertThatThrownBy(() -> Exposure.of(student, teacher, Golden.windows("llama"), new Exposure.Draw(8, 9999, 0))).hasMessageContaining("context");
    try (Llm other = Llm.load("java-8m")) {
      assertThatThrownBy(() -> Exposure.of(other, teacher, Golden.windows("llama"), DRAW)).hasMessageContainingAll("320", "4096");
    }
  }

  @Test
  void leavesNothing() {
    Exposure.of(student, teacher, Golden.windows("llama"), DRAW);
    Living before = Living.settled();
    Exposure.of(student, teacher, Golden.windows("llama"), DRAW);
    assertThat(Living.now()).isEqualTo(before);
  }
}
