package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.measure.Size;
import secateur.model.Generator;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.model.RoundedInput;
import secateur.model.Sampler;
import secateur.spec.CacheForm;
import secateur.tensor.Scope;
import secateur.text.Windows;
import secateur.train.SoftLabels;

/** LLM-QAT on a golden model. */
class LlmQatTest {

  private static final Windows NONE = Windows.of(new long[][] {{0, 0}});

  @TempDir
  Path folder;

  private static LlmQat method(int steps) {
    return new LlmQat(3, 8, 8, steps).writing(32, 32).batch(4).rate(3e-3);
  }

  /** Cross-entropy of {@code made} with what {@code model} thinks of its own text. */
  private static double loss(Llm model, Llm made) {
    try (Scope scope = new Scope()) {
      return new SoftLabels(model, 1).of(made, new OwnText(model, 32, 32, 4).ids()).getFloat();
    }
  }

  @Test
  void comesNearerToTheLogitsThanRoundingAlone() {
    try (Llm model = Golden.model("llama"); Llm begun = method(1).rate(1e-12).apply(model, NONE); Llm made = method(60).apply(model, NONE)) {
      double least = loss(model, model);
      assertThat(loss(model, made) - least).isBetween(0.0, 0.8 * (loss(model, begun) - least));
    }
  }

  @Test
  void whatItMakesIsRoundedThroughout() {
    try (Llm model = Golden.model("llama"); Llm made = method(2).apply(model, NONE); Llm weights = new LlmQat(4, 16, 16, 2).writing(4, 16).apply(model, NONE)) {
      assertThat(made.spec().cache()).isEqualTo(new CacheForm.Rounded(8));
      assertThat(made.layers().values()).allMatch(layer ->
          layer instanceof RoundedInput rounded && rounded.bits() == 8 && rounded.base() instanceof Quantized);
      assertThat(model.spec().cache()).isEqualTo(new CacheForm.Exact());
      assertThat(weights.spec().cache()).isEqualTo(new CacheForm.Exact());
      assertThat(weights.layers().values()).hasOnlyElementsOfType(Quantized.class);
    }
  }

  @Test
  void isSavedAndLoadedAndCountsItsBytes() {
    try (Llm model = Golden.model("gpt2"); Llm made = method(2).apply(model, NONE)) {
      HuggingFace.save(made, folder);
      try (Llm loaded = Llm.load(folder.toString())) {
        assertThat(loaded.logits(new long[] {3, 1, 4})).isDeepEqualTo(made.logits(new long[] {3, 1, 4}));
        assertThat(loaded.layer("0.qkv")).isInstanceOf(RoundedInput.class);
        assertThat(Size.of(loaded).disk()).isEqualTo(Size.of(made).disk());
      }
    }
  }

  @Test
  void goesOnFromItsCheckpoint() {
    Path file = folder.resolve("training.safetensors");
    LlmQat method = method(50).checkpoint(file);
    try (Llm model = Golden.model("llama"); Llm once = method.apply(model, NONE); Llm again = method.apply(model, NONE)) {
      assertThat(file).exists();
      assertThat(again.logits(new long[] {3, 1, 4})).isDeepEqualTo(once.logits(new long[] {3, 1, 4}));
    }
  }

  @Test
  void textBeginsWithTheVocabularyThenGreedilyThenDrawn() {
    try (Llm model = Golden.model("llama")) {
      long[][] ids = new OwnText(model, 70, 24, 4).ids();
      assertThat(ids).hasDimensions(70, 24);
      assertThat(Arrays.stream(ids).map(row -> row[0])).doesNotHaveDuplicates();
      assertThat(new OwnText(model, 70, 24, 4).ids()).isDeepEqualTo(ids);
      for (int row : new int[] {0, 69}) { // 3 in the first 64, 4 in the rest
        int greedy = row < 64 ? 3 : 4;
        long[] likely = new Generator(model, Sampler.GREEDY).extend(new long[][] {{ids[row][0]}}, 23)[0];
        assertThat(Arrays.copyOf(ids[row], 1 + greedy)).isEqualTo(Arrays.copyOf(likely, 1 + greedy));
      }
      assertThat(Arrays.stream(ids).map(row -> row[10]).distinct().count()).isGreaterThan(10);
    }
  }

  @Test
  void manyAtOnceAreWrittenAsEachAlone() {
    try (Llm model = Golden.model("llama")) {
      long[][] prompts = {{3, 1, 4}, {1, 5, 9}, {2, 6, 5}};
      long[][] together = new Generator(model, Sampler.GREEDY).extend(prompts, 20);
      for (int i = 0; i < prompts.length; i++) {
        assertThat(new Generator(model, Sampler.GREEDY).extend(new long[][] {prompts[i]}, 20)[0]).isEqualTo(together[i]);
      }
      assertThatThrownBy(() -> new Generator(model, Sampler.GREEDY).extend(prompts, 126)).hasMessageContainingAll("126", "context", "128");
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new LlmQat(4, 9, 8, 1)).hasMessageContaining("activations of 9 bits");
    assertThatThrownBy(() -> new LlmQat(4, 8, 5, 1)).hasMessageContaining("5 bits, allowed are 4 and 8");
    assertThatThrownBy(() -> new LlmQat(1, 8, 8, 1)).hasMessageContaining("bits is 1");
    assertThatThrownBy(() -> new LlmQat(4, 8, 8, 1).writing(4, 7)).hasMessageContaining("4 sequences of 7 tokens");
    try (Llm model = Golden.model("llama"); Llm other = Golden.model("gpt2"); Llm rounded = new Rtn(4).apply(model, NONE)) {
      assertThatThrownBy(() -> new LlmQat(4, 8, 8, 1).writing(4, 1000).check(model)).hasMessageContainingAll("1000 tokens", "128");
      assertThatThrownBy(() -> new LlmQat(4, 8, 8, 1).check(rounded)).hasMessageContaining("only a Dense or Sparse layer");
      assertThatThrownBy(() -> new SoftLabels(other, 0)).hasMessageContaining("temperature is 0");
    }
    assertThat(new LlmQat(4, 8, 8, 300).group(64)).hasToString("LLM-QAT 4-8-8 g64 300 steps");
  }
}
