package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.Living;
import secateur.file.Checkpoint;
import secateur.file.Json;
import secateur.measure.Perplexity;
import secateur.method.Method;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.quantize.Awq;
import secateur.quantize.Fp4;
import secateur.quantize.Gptq;
import secateur.quantize.Nf4;
import secateur.quantize.Rtn;
import secateur.tensor.Scope;
import secateur.text.Corpus;
import secateur.text.Windows;

/** What every layout of packed layers keeps: the same weights for an independent reader, the same model for {@link Llm#load}. */
class PackedLayoutTest {

  @TempDir
  private Path folder;

  static Stream<Arguments> cases() {
    Format v1 = GptqLayout.v1();
    Format v2 = GptqLayout.v2();
    Format packed = new PackQuantizedLayout();
    Format bytes = new BitsAndBytesLayout();
    return Stream.of(Arguments.of("qwen2", new Gptq(4).group(32), v1), Arguments.of("mistral", new Rtn(3).symmetric(), v1),
        Arguments.of("opt", new Gptq(2).group(32).symmetric().actOrder(), v1), Arguments.of("bloom", new Rtn(8).group(64), v1),
        Arguments.of("qwen2", new Gptq(3).group(32).actOrder(), v2), Arguments.of("falcon", new Rtn(2).group(16), v2),
        Arguments.of("gpt_neox", new Gptq(4), v2), Arguments.of("falcon_40b", new Gptq(8).group(32).actOrder().staticGroups(), v2),
        Arguments.of("qwen2", new Awq(4).group(32), new AwqLayout()), Arguments.of("bloom", new Rtn(4), new AwqLayout()),
        Arguments.of("qwen3", new Rtn(4).symmetric().group(16), new AwqLayout()),
        Arguments.of("llama", new Gptq(4).group(4), packed), Arguments.of("opt", new Gptq(4).group(32).actOrder(), packed),
        Arguments.of("llama", new Rtn(8), packed), Arguments.of("gpt_neox", new Rtn(4).symmetric(), packed),
        Arguments.of("qwen2", new Rtn(4).symmetric().group(32), packed),
        Arguments.of("qwen2", new Nf4(), bytes), Arguments.of("llama", new Nf4().single(), bytes), Arguments.of("falcon", new Fp4(), bytes),
        Arguments.of("opt_350m", new Nf4(), bytes));
  }

  private static List<String> forms(Llm model) {
    return model.layers().values().stream().map(Linear::toString).toList();
  }

  private static Map<String, float[]> weights(Llm model) {
    Map<String, float[]> weights = new TreeMap<>();
    try (Scope scope = new Scope()) {
      Contents.modules(model).forEach((module, layer) -> weights.put(module, layer.weight().toFloatArray()));
    }
    return weights;
  }

  private static void same(Llm back, Llm made, Windows text) {
    assertThat(forms(back)).isEqualTo(forms(made));
    Map<String, float[]> wanted = weights(made);
    weights(back).forEach((module, weight) -> assertThat(weight).as(module).isEqualTo(wanted.get(module)));
    assertThat(back.logits(text.ids(null)[0])).isDeepEqualTo(made.logits(text.ids(null)[0]));
    assertThat(Perplexity.of(back, text).value()).isEqualTo(Perplexity.of(made, text).value());
  }

  @ParameterizedTest(name = "{0} {1} as {2}")
  @MethodSource("cases")
  void comesBackAsItWas(String name, Method method, Format layout) {
    Windows text = Golden.windows(name);
    try (Llm model = Halves.golden(name, folder); Llm made = method.apply(model, text)) {
      Path to = folder.resolve("made");
      Written written = layout.save(made, to);
      assertThat(written.bytes()).isLessThan(Files.exists(to.resolve("model.safetensors")) ? to.resolve("model.safetensors").toFile().length() : 0);
      assertThat(written.tensors().stream().mapToLong(Written.Tensor::weights).sum())
          .isEqualTo(new DenseLayout(secateur.file.StoredType.F32).save(made, folder.resolve("dense")).tensors().stream().mapToLong(Written.Tensor::weights).sum());
      try (Llm back = Llm.load(to.toString())) {
        same(back, made, text);
      }
      Unpacked unpacked = new Unpacked(to);
      weights(made).forEach((module, weight) -> assertThat(unpacked.weight(module)).as(module).isEqualTo(weight));
    }
  }

  static Stream<Arguments> ofEachLayout() {
    return Stream.of(Arguments.of("bloom", new Rtn(8).group(64), GptqLayout.v1()), Arguments.of("qwen2", new Gptq(3).group(32).actOrder(), GptqLayout.v2()),
        Arguments.of("qwen2", new Awq(4).group(32), new AwqLayout()), Arguments.of("opt", new Gptq(4).group(32).actOrder(), new PackQuantizedLayout()),
        Arguments.of("qwen2", new Nf4(), new BitsAndBytesLayout()));
  }

  @ParameterizedTest(name = "{0} {1} as {2}")
  @MethodSource("ofEachLayout")
  void nothingIsLeftOver(String name, Method method, Format layout) {
    Windows text = Golden.windows(name);
    try (Llm model = Halves.golden(name, folder); Llm made = method.apply(model, text)) {
      Path to = folder.resolve("made");
      layout.save(made, to);
      Llm.load(to.toString()).close();
      Living before = Living.settled();
      layout.save(made, to);
      assertThat(Living.settled()).isEqualTo(before);
      Llm.load(to.toString()).close();
      assertThat(Living.settled()).isEqualTo(before);
    }
  }

  @Test
  void randomShapesAndSeeds() {
    for (int seed = 1; seed <= 4; seed++) {
      Windows text = Windows.of(new long[][] {{3, 1, 4, 1, 5, 9}});
      try (Llm wide = Halves.random(32, seed, folder); Llm odd = Halves.random(2, 100 + seed, folder)) {
        through(wide, new Rtn(2 + seed % 3).group(32), GptqLayout.v2(), text);
        through(wide, new Rtn(8).symmetric(), GptqLayout.v1(), text);
        through(wide, new Rtn(4).group(16), new AwqLayout(), text);
        through(odd, new Rtn(seed % 2 == 0 ? 4 : 8).group(2), new PackQuantizedLayout(), text);
        through(odd, seed % 2 == 0 ? new Nf4() : new Fp4().single(), new BitsAndBytesLayout(), text);
      }
    }
  }

  private void through(Llm model, Method method, Format layout, Windows text) {
    Path to = folder.resolve("made");
    try (Llm made = method.apply(model, text)) {
      layout.save(made, to);
      try (Llm back = Llm.load(to.toString())) {
        same(back, made, text);
      }
      Unpacked unpacked = new Unpacked(to);
      weights(made).forEach((module, weight) -> assertThat(unpacked.weight(module)).as("%s of %s as %s", module, method, layout).isEqualTo(weight));
    }
  }

  @Test
  void shards() {
    Windows text = Golden.windows("qwen2");
    try (Llm model = Halves.golden("qwen2", folder); Llm four = new Gptq(4).group(32).apply(model, text); Llm levels = new Nf4().apply(model, text)) {
      for (Format layout : List.of(GptqLayout.v2().sharded(20_000), new AwqLayout().sharded(20_000), new PackQuantizedLayout(20_000),
          new BitsAndBytesLayout(20_000))) {
        Llm made = layout instanceof BitsAndBytesLayout ? levels : four;
        Path to = folder.resolve("sharded" + layout);
        layout.save(made, to);
        String[] files = to.toFile().list((directory, file) -> file.matches("model-0000\\d-of-0000\\d.safetensors"));
        assertThat(files).hasSizeGreaterThan(3);
        assertThat(Arrays.stream(files).mapToLong(file -> to.resolve(file).toFile().length())).allMatch(bytes -> bytes < 50_000);
        assertThat(to.resolve("model.safetensors")).doesNotExist();
        try (Llm back = Llm.load(to.toString())) {
          same(back, made, text);
        }
      }
    }
  }

  @Test
  void theBundledModelHasTheSamePerplexity() {
    Windows text = Corpus.load("java:test").windows(2, 128);
    try (Llm model = Llm.load("java-8m"); Llm four = new Rtn(4).group(64).apply(model, null); Llm levels = new Nf4().apply(model, null)) {
      for (Format layout : List.of(GptqLayout.v1(), GptqLayout.v2(), new AwqLayout(), new PackQuantizedLayout(), new BitsAndBytesLayout())) {
        Llm made = layout instanceof BitsAndBytesLayout ? levels : four;
        Path to = folder.resolve("bundled" + layout);
        Written written = layout.save(made, to);
        assertThat(written.bitsPerWeight()).as("%s", written).isBetween(4.5, 10.0); // the embedding has 16
        try (Llm back = Llm.load(to.toString())) {
          assertThat(Perplexity.of(back, text).value()).as("%s", layout).isEqualTo(Perplexity.of(made, text).value());
          assertThat(back.generate("public static ", 8, Sampler.GREEDY)).isEqualTo(made.generate("public static ", 8, Sampler.GREEDY));
        }
      }
    }
  }

  @Test
  void whatAnEarlierSaveSaidGoes() {
    Path to = folder.resolve("made");
    try (Llm model = Halves.golden("qwen2", folder); Llm made = new Rtn(4).group(32).apply(model, null)) {
      GptqLayout.v2().save(made, to);
      assertThat(to.resolve("quantize_config.json")).exists();
      try (Llm back = Llm.load(to.toString())) {
        new HuggingFaceLayout().save(back, folder.resolve("own"));
        new AwqLayout().save(back, to);
      }
      assertThat(to.resolve("quantize_config.json")).doesNotExist();
      assertThat(Json.read(folder.resolve("own/config.json")).has("quantization_config")).isFalse();
      assertThat(Checkpoint.open(to).names()).noneMatch(name -> name.endsWith(".g_idx"));
      for (Path each : List.of(to, folder.resolve("own"))) {
        try (Llm back = Llm.load(each.toString())) {
          same(back, made, Golden.windows("qwen2"));
        }
      }
    }
  }
}
