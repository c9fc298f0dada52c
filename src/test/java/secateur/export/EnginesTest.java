package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.engines.Client;
import secateur.engines.Engine;
import secateur.measure.Perplexity;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.SparseGpt;
import secateur.quantize.Gptq;
import secateur.text.Corpus;
import secateur.text.Windows;

/** The bundled model and what was made of it, in the programs that open GGUF files. */
class EnginesTest {

  private static final int LENGTH = 128;
  private static final int WINDOWS = 64;
  private static final String PROMPT = "    public static int indexOf(byte[] array, byte value) {";

  @TempDir
  Path directory;

  private static Windows test() {
    return Corpus.load("java:test").windows(WINDOWS, LENGTH);
  }

  private static List<int[]> ids(Llm model) {
    return Arrays.stream(test().ids(model.tokenizer())).map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray()).toList();
  }

  private static double worst(float[][] ours, float[][] theirs) {
    double worst = 0;
    for (int t = 0; t < ours.length; t++) {
      for (int i = 0; i < ours[t].length; i++) {
        worst = Math.max(worst, Math.abs(ours[t][i] - theirs[t][i]));
      }
    }
    return worst;
  }

  /** GPT4All's engine takes SiLU from a table of halves. */
  private static double tolerance(Client client) {
    return client == Client.GPT4ALL ? 2e-2 : 1e-4;
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void aFileOfFloat32HasOurLogitsAndWritesOurText(Client client) {
    Path file = directory.resolve("java-8m.gguf");
    try (Llm model = Llm.load("java-8m")) {
      new Gguf(Preset.F32).ownHead().save(model, file);
      int[] ids = ids(model).get(0);
      try (Engine engine = client.open(file, LENGTH)) {
        assertThat(worst(model.logits(Arrays.stream(ids).asLongStream().toArray()), engine.logits(ids))).isLessThan(tolerance(client));
        assertThat(engine.generate(PROMPT, 12)).contains("return indexOf(array, value");
      }
    }
  }

  static Stream<Method> descendants() {
    return Stream.of(new SparseGpt(0.5), new Gptq(4).group(32), new Gptq(4).group(32).actOrder());
  }

  @ParameterizedTest
  @MethodSource("descendants")
  void whatWasMadeOfItRunsAsItIs(Method method) {
    Path file = directory.resolve("made.gguf");
    try (Llm dense = Llm.load("java-8m"); Llm model = method.apply(dense, Corpus.load("java").windows(8, LENGTH))) {
      Written written = new Gguf().ownHead().save(model, file);
      assertThat(written.clients()).containsExactly("llama.cpp", "GPT4All");
      double ours = Perplexity.of(model, test()).value();
      for (Client client : Client.values()) {
        try (Engine engine = client.open(file, LENGTH)) {
          assertThat(engine.perplexity(ids(model))).as("%s", client).isCloseTo(ours, withPercentage(0.1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8_0", "Q4_0", "Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K"})
  void aPresetHasThePerplexityThatWeSay(Preset preset) {
    Path file = directory.resolve("java-8m.gguf");
    try (Llm model = Llm.load("java-8m")) {
      new Gguf(preset).save(model, file);
      try (Llm read = Llm.load(file.toString()); Engine engine = Client.JAVA_LLAMA_CPP.open(file, LENGTH)) {
        double theirs = engine.perplexity(ids(model));
        double ours = Perplexity.of(read, test()).value();
        System.err.println("PPL " + preset + " " + theirs + " " + ours + " " + (ours / theirs - 1));
        assertThat(ours).isCloseTo(theirs, withPercentage(0.1));
      }
    }
  }
}
