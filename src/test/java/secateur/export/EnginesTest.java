package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import secateur.engines.Client;
import secateur.engines.Engine;
import secateur.measure.Perplexity;
import secateur.model.Llm;
import secateur.text.Corpus;
import secateur.text.Windows;

/** The bundled model and what was made of it, in the programs that open GGUF files. */
class EnginesTest {

  private static final int LENGTH = 128;
  private static final String PROMPT = "    public static int indexOf(byte[] array, byte value) {";

  @TempDir
  Path directory;

  private static double worst(float[][] ours, float[][] theirs) {
    double worst = 0;
    for (int t = 0; t < ours.length; t++) {
      for (int i = 0; i < ours[t].length; i++) {
        worst = Math.max(worst, Math.abs(ours[t][i] - theirs[t][i]));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void anF32FileHasOurLogits(Client client) {
    Path file = directory.resolve("java-8m.gguf");
    try (Llm model = Llm.load("java-8m")) {
      new Gguf(Preset.F32).save(model, file);
      long[] ids = Arrays.copyOf(Corpus.load("java:test").windows(1, LENGTH).ids(model.tokenizer())[0], LENGTH);
      try (Engine engine = client.open(file, LENGTH)) {
        double worst = worst(model.logits(ids), engine.logits(Arrays.stream(ids).mapToInt(Math::toIntExact).toArray()));
        System.err.println("DIFF " + client + " " + worst);
        System.err.println("TEXT " + engine.generate(PROMPT, 12) + " OURS " + model.generate(PROMPT, 12, secateur.model.Sampler.GREEDY));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void aPresetFileHasTheEnginesPerplexity(Preset preset) {
    Path file = directory.resolve("java-8m.gguf");
    try (Llm model = Llm.load("java-8m")) {
      Written written = new Gguf(preset).save(model, file);
      Windows text = Corpus.load("java:test").windows(8, LENGTH);
      List<int[]> ids = Arrays.stream(text.ids(model.tokenizer())).map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray()).toList();
      try (Llm read = Llm.load(file.toString()); Engine engine = Client.JAVA_LLAMA_CPP.open(file, LENGTH)) {
        double ours = Perplexity.of(read, text).value();
        System.err.println("PPL " + preset + " " + written.bytes() + " " + written.bitsPerWeight() + " ours " + ours + " theirs " + engine.perplexity(ids) + " dense " + Perplexity.of(model, text).value());
      }
    }
  }
}
