package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.export.HuggingFace;
import secateur.measure.Perplexity;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.model.Session;
import secateur.prune.LlmPruner;
import secateur.spec.CacheForm;
import secateur.spec.Heads;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.tensor.Devices;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** A key-value cache of codes. */
class KvCacheTest {

  private static final Windows TEXT = Golden.windows("llama");
  private static final int TOKENS = 20;

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
        assertThat(difference(whole, steps)).as("%d bits", bits).isLessThan(effect / 10); // a number between two codes may go either way
      }
    }
  }

  private static double difference(float[][] a, float[][] b) {
    return IntStream.range(0, a.length).mapToDouble(t -> IntStream.range(0, a[t].length).mapToDouble(i -> Math.abs(a[t][i] - b[t][i])).max().orElseThrow())
        .max().orElseThrow();
  }

  /** What goes into o, from what goes into q, k and v: softmax(q k' / sqrt(D)) v with k and v rounded by the formula. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void attentionReadsRoundedKeysAndValues(int bits) {
    try (Scope scope = new Scope(); Llm model = Golden.model("gpt2"); Llm made = new KvCache(bits).apply(model, TEXT)) {
      Block block = made.blocks().get(0);
      Map<String, float[]> seen = new HashMap<>();
      NDArray x = made.embed(made.ids(new long[][] {Arrays.copyOf(Golden.ids("gpt2")[0], TOKENS)}));
      block.forward(x, made.pass(TOKENS), (layer, input) -> seen.put(layer, input.toFloatArray()));
      NDList parts = block.layer(Role.QKV).forward(tokens(seen.get("0.qkv"))).split(3, 2);
      NDArray rounded = attention(block.heads(), parts, each -> rounded(each, bits));
      NDArray exact = attention(block.heads(), parts, each -> each);
      assertThat(Golden.difference(tokens(seen.get("0.o")), rounded)).isLessThan(1e-4 * Golden.difference(exact, exact.zerosLike()));
      assertThat(Golden.difference(exact, rounded)).isGreaterThan(1e-3 * Golden.difference(exact, exact.zerosLike()));
    }
  }

  private static NDArray tokens(float[] numbers) {
    return Devices.manager().create(numbers, new Shape(1, TOKENS, numbers.length / TOKENS));
  }

  /** What goes into o (1, T, C) for q, k and v (1, T, C) of plain heads. */
  private static NDArray attention(Heads heads, NDList qkv, UnaryOperator<NDArray> kept) {
    long tokens = qkv.get(0).getShape().get(1);
    UnaryOperator<NDArray> split = each -> each.reshape(tokens, heads.queries(), heads.size()).transpose(1, 0, 2);
    NDArray k = kept.apply(split.apply(qkv.get(1)));
    NDArray places = k.getManager().arange((float) tokens);
    NDArray later = places.expandDims(0).gt(places.expandDims(1)).toType(DataType.FLOAT32, false).mul(-1e9);
    NDArray shares = split.apply(qkv.get(0)).matMul(k.transpose(0, 2, 1)).div(Math.sqrt(heads.size())).add(later).softmax(2);
    return shares.matMul(kept.apply(split.apply(qkv.get(2)))).transpose(1, 0, 2).reshape(qkv.get(0).getShape());
  }

  /** code scale + low over the last dimension, with scale = (max - min) / (2^bits - 1) and low = min in float16. */
  private static NDArray rounded(NDArray x, int bits) {
    int top = (1 << bits) - 1;
    NDArray min = x.min(new int[] {2}, true);
    NDArray low = min.toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false);
    NDArray scale = x.max(new int[] {2}, true).sub(min).div(top).toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false);
    return x.sub(low).div(scale).round().clip(0, top).mul(scale).add(low);
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
