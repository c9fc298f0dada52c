package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.tensor.Scope;

/** Every family against transformers. */
class GoldenModelsTest {

  private static final double LOGITS = 1e-4;
  private static final double LOSS = 1e-5;

  @Test
  void everyFamilyIsThere() {
    assertThat(Golden.models()).contains("llama", "mistral", "qwen2", "qwen3", "gpt2", "opt", "bloom", "falcon", "gpt_neox");
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void logits(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      NDArray logits = model.forward(model.ids(Golden.ids(name)));
      assertThat(Golden.difference(logits, Golden.expected(name, "logits"))).isLessThan(LOGITS);
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void loss(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      NDArray loss = model.loss(model.ids(Golden.ids(name))).mean().reshape(1);
      assertThat(Golden.difference(loss, Golden.expected(name, "loss"))).isLessThan(LOSS);
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void hiddenAfterTheEmbedding(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      NDArray hidden = model.embed(model.ids(Golden.ids(name)));
      assertThat(Golden.difference(hidden, Golden.expected(name, "hidden_0"))).isLessThan(LOGITS);
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void hiddenAfterBlockZero(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      long[][] ids = Golden.ids(name);
      NDArray hidden = model.blocks().get(0).forward(model.embed(model.ids(ids)), model.pass(ids[0].length), Tap.NONE);
      assertThat(Golden.difference(hidden, Golden.expected(name, "hidden_1"))).isLessThan(LOGITS);
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void cachedGenerationEqualsRecomputation(String name) {
    try (Llm model = Golden.model(name)) {
      long[] prompt = Arrays.copyOf(Golden.ids(name)[0], 12);
      assertThat(new Generator(model, Sampler.GREEDY).extend(prompt, 24)).isEqualTo(recomputed(model, prompt, 24));
    }
  }

  private static long[] recomputed(Llm model, long[] prompt, int tokens) {
    long[] ids = prompt;
    for (int i = 0; i < tokens; i++) {
      float[][] logits = model.logits(ids);
      ids = Arrays.copyOf(ids, ids.length + 1);
      ids[ids.length - 1] = Sampler.GREEDY.choose(logits[logits.length - 1]);
    }
    return ids;
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void readingInPiecesEqualsReadingAtOnce(String name) {
    try (Llm model = Golden.model(name); Session session = new Session(model)) {
      long[] ids = Golden.ids(name)[1];
      session.feed(Arrays.copyOf(ids, 5));
      session.feed(ids[5]);
      float[] last = session.feed(Arrays.copyOfRange(ids, 6, 40));
      assertThat(last).containsExactly(model.logits(Arrays.copyOf(ids, 40))[39], org.assertj.core.data.Offset.offset(1e-5f));
    }
  }

  @Test
  void greedyGenerationOfTransformers() {
    try (Llm model = Golden.model("llama"); Scope scope = new Scope()) {
      long[] prompt = Golden.tensor("models/llama/generate.safetensors", "prompt").toLongArray();
      long[] ids = Golden.tensor("models/llama/generate.safetensors", "ids").toLongArray();
      assertThat(new Generator(model, Sampler.GREEDY).extend(prompt, ids.length - prompt.length)).isEqualTo(ids);
    }
  }

  @Test
  void logitsOfOneText() {
    try (Llm model = Golden.model("gpt2"); Scope scope = new Scope()) {
      float[][] logits = model.logits(Golden.ids("gpt2")[0]);
      assertThat(logits).hasDimensions(48, 320);
      float[] expected = Golden.expected("gpt2", "logits").get(0, 47).toFloatArray();
      assertThat(logits[47]).containsExactly(expected, org.assertj.core.data.Offset.offset(1e-4f));
    }
  }

  @Test
  void generationEndsWithTheContext() {
    try (Llm model = Golden.model("llama")) {
      assertThat(new Generator(model, Sampler.GREEDY).extend(new long[] {1, 2, 3}, 1000)).hasSize(128);
    }
  }
}
