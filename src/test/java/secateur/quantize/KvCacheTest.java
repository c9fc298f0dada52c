package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.measure.Perplexity;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.model.Session;
import secateur.prune.LlmPruner;
import secateur.spec.CacheForm;
import secateur.spec.Spec;
import secateur.text.Windows;

/** A key-value cache of codes. */
class KvCacheTest {

  private static final Windows TEXT = Golden.windows("llama");

  @TempDir
  Path folder;

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void stepByStepEqualsTheWholePass(String name) {
    for (int bits : new int[] {4, 8}) {
      try (Llm model = Golden.model(name); Llm made = new KvCache(bits).apply(model, TEXT); Session session = new Session(made)) {
        long[] ids = Arrays.copyOf(Golden.ids(name)[1], 24);
        float[][] whole = made.logits(ids);
        float[][] steps = Arrays.stream(ids).mapToObj(session::feed).toArray(float[][]::new);
        double effect = difference(whole, model.logits(ids));
        assertThat(effect).isGreaterThan(1e-3);
        assertThat(difference(whole, steps)).as("%d bits", bits).isLessThan(effect / 3); // a number between two codes may go either way
      }
    }
  }

  private static double difference(float[][] a, float[][] b) {
    return IntStream.range(0, a.length).mapToDouble(t -> IntStream.range(0, a[t].length).mapToDouble(i -> Math.abs(a[t][i] - b[t][i])).max().orElseThrow())
        .max().orElseThrow();
  }

  @Test
  void bytesAreThoseOfCodes() {
    try (Llm model = Golden.model("qwen2")) {
      int size = model.spec().heads().size();
      long heads = 2L * 10 * model.spec().heads().keyValues() * model.blocks().size(); // keys and values of 10 tokens
      assertThat(bytes(model)).isEqualTo(heads * size * 4);
      for (int bits : new int[] {4, 8}) {
        try (Llm made = new KvCache(bits).apply(model, TEXT)) {
          assertThat(bytes(made)).isEqualTo(heads * (size * bits / 8 + 2 + 2));
        }
      }
    }
  }

  private static long bytes(Llm model) {
    try (Session session = new Session(model)) {
      session.feed(1, 2, 3, 4, 5, 6, 7);
      session.feed(8);
      session.feed(9, 10);
      return session.bytes();
    }
  }

  @Test
  void perplexityMeasuresItAndMoreBitsErrLess() {
    try (Llm model = Golden.model("llama"); Llm four = new KvCache(4).apply(model, TEXT); Llm eight = new KvCache(8).apply(model, TEXT)) {
      double exact = Math.log(Perplexity.of(model, TEXT).value());
      double small = Math.abs(Math.log(Perplexity.of(eight, TEXT).value()) - exact);
      double large = Math.abs(Math.log(Perplexity.of(four, TEXT).value()) - exact);
      assertThat(small).isBetween(1e-9, large);
    }
  }

  @Test
  void sharesAllWeightsAndLeavesTheModelAsItIs() {
    try (Llm model = Golden.model("llama"); Llm made = new KvCache(4).apply(model, TEXT)) {
      made.layers().forEach((name, layer) -> assertThat(layer).isSameAs(model.layer(name)));
      assertThat(model.spec().cache()).isEqualTo(new CacheForm.Exact());
      assertThat(made.spec().cache()).isEqualTo(new CacheForm.Rounded(4));
      assertThat(made.toString()).contains("4-bit key-value cache");
      assertThat(model.toString()).doesNotContain("key-value cache");
      float[][] before = made.logits(new long[] {3, 1, 4});
      model.close();
      assertThat(made.logits(new long[] {3, 1, 4})).isDeepEqualTo(before);
    }
  }

  @Test
  void composesAndIsSavedAndLoaded() {
    try (Llm model = Golden.model("llama");
        Llm made = new LlmPruner(0.25).then(new Gptq(4)).then(new KvCache(8)).then(new Rtn(4)).apply(model, TEXT)) {
      assertThat(made.spec().cache()).isEqualTo(new CacheForm.Rounded(8));
      assertThat(made.layers().values()).hasOnlyElementsOfType(Quantized.class);
      HuggingFace.save(made, folder);
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.spec().cache()).isEqualTo(new CacheForm.Rounded(8));
        assertThat(loaded.logits(new long[] {3, 1, 4})).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 0, 2, 5, 16})
  void otherBitsAreRefused(int bits) {
    assertThatThrownBy(() -> new KvCache(bits)).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(bits + " bits", "4 and 8");
  }

  @Test
  void otherBitsInAFileAreRefused() {
    JsonObject config;
    try (Llm model = Golden.model("llama")) {
      config = model.spec().config();
    }
    config.addProperty("key_value_cache_bits", 5);
    assertThatThrownBy(() -> Spec.of(config)).hasMessageContaining("5 bits, allowed are 4 and 8");
    config.addProperty("key_value_cache_bits", "four");
    assertThatThrownBy(() -> Spec.of(config)).hasMessageContaining("key_value_cache_bits");
  }

  @Test
  void label() {
    assertThat(new Gptq(4).then(new KvCache(8))).hasToString("GPTQ 4-bit + KV cache 8-bit");
  }
}
