package secateur.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import secateur.gguf.Metadata;

/** The engines open a file of ours and agree about it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ClientTest {
  private static final int[] IDS = {72, 101, 108, 108, 111, 260, 7, 7, 263, 0, 255};

  @TempDir
  static Path directory;
  private static Path file;

  @BeforeAll
  static void write() {
    List<String> tokens = new ArrayList<>();
    for (int b = 0, next = 256; b < 256; b++) {   // bytes as GPT-2 spells them
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      tokens.add(Character.toString(printable ? b : next++));
    }
    tokens.addAll(List.of("ab", "abc", "bc", "cd", "de", "ef", "fg", "<|end|>"));
    Metadata metadata = TinyLlama.metadata(2).text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2")
        .texts("tokenizer.ggml.tokens", tokens).texts("tokenizer.ggml.merges", List.of("a b", "ab c", "b c", "c d", "d e", "e f", "f g"))
        .u32("tokenizer.ggml.bos_token_id", 263).u32("tokenizer.ggml.eos_token_id", 263)
        .flag("tokenizer.ggml.add_bos_token", false).build();
    file = directory.resolve("tiny.gguf");
    TinyLlama.write(file, metadata, tokens.size(), 42);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void logitsAreThoseOfTheOtherEngines(Client client) {
    try (Engine engine = client.open(file, 64); Engine other = Client.JAVA_LLAMA_CPP.open(file, 64)) {
      float[][] logits = engine.logits(IDS);
      assertThat(logits).hasDimensions(IDS.length, 264);
      assertThat(engine.logits(IDS)).isDeepEqualTo(logits);
      assertThat(difference(logits, other.logits(IDS))).isLessThan(client == Client.GPT4ALL ? 2e-2 : 1e-4);
      int[] begun = Arrays.copyOf(IDS, 5);
      assertThat(difference(engine.logits(begun), Arrays.copyOf(logits, 5))).isLessThan(1e-4);
      begun[4]++;
      assertThat(difference(engine.logits(begun), Arrays.copyOf(logits, 5))).isGreaterThan(0.1);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void perplexityIsThatOfTheLogits(Client client) {
    try (Engine engine = client.open(file, 64)) {
      float[][] logits = engine.logits(new int[] {1, 2});
      double sum = 0;
      for (float logit : logits[0]) {
        sum += Math.exp(logit - logits[0][2]);
      }
      assertThat(engine.perplexity(List.of(new int[] {1, 2}))).isCloseTo(sum, org.assertj.core.data.Percentage.withPercentage(1e-4));
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void textFallsIntoTokensAndIsWritten(Client client) {
    try (Engine engine = client.open(file, 64)) {
      assertThat(engine.tokenize("abcd<|end|>", true)).containsExactly(257, 'd', 263);
      assertThat(engine.tokenize("abcd<|end|>", false)).hasSize(9);
      assertThat(engine.generate("abcd", 8)).isNotEmpty().isEqualTo(engine.generate("abcd", 8));
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void whatIsNoModelIsRefused(Client client) throws IOException {
    Path none = Files.writeString(directory.resolve("none.gguf"), "no model, but a text of some length");
    assertThatThrownBy(() -> client.open(none, 64)).isInstanceOf(IllegalStateException.class).hasMessageContaining("last lines");
  }

  private static double difference(float[][] one, float[][] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < one[i].length; j++) {
        largest = Math.max(largest, Math.abs(one[i][j] - other[i][j]));
      }
    }
    return largest;
  }
}
