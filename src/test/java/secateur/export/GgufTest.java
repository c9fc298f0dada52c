package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.Living;
import secateur.gguf.GgmlType;
import secateur.gguf.Half;
import secateur.method.Method;
import secateur.model.Int8Linear;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.LlmInt8;
import secateur.quantize.Rtn;
import secateur.quantize.SmoothQuant;
import secateur.tensor.Int8;
import secateur.tensor.Scope;
import secateur.text.Windows;

/** Models written as GGUF and read back. */
class GgufTest {

  private static final List<String> REFUSED = List.of("opt", "opt_350m", "falcon_alibi");

  private static final long[] IDS = {1, 7, 3, 9, 30, 11, 2, 25};

  @TempDir
  Path directory;

  static Stream<String> models() {
    return Golden.models().stream().filter(name -> !REFUSED.contains(name));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aFileOfFloat32GivesTheSameLogits(String name) {
    Path file = directory.resolve(name + ".gguf");
    try (Llm model = Golden.model(name)) {
      new Gguf(Preset.F32).save(model, file);
      try (Llm read = Llm.load(file.toString())) {
        assertSame(model, read, 1e-5);
      }
    }
  }

  private static void assertSame(Llm model, Llm read, double tolerance) {
    float[][] expected = model.logits(IDS);
    float[][] actual = read.logits(IDS);
    for (int t = 0; t < IDS.length; t++) {
      for (int i = 0; i < expected[t].length; i++) {
        assertThat(actual[t][i]).as("token %d, logit %d", t, i).isCloseTo(expected[t][i], offset((float) tolerance));
      }
    }
  }

  /** A method, and the type in which its layers lie in the file. */
  static Stream<Arguments> grids() {
    return Stream.of(arguments(new Rtn(4).symmetric().group(32), "Q4_0"), arguments(new Rtn(4).group(32), "Q5_0"), arguments(new Gptq(3).group(64), "Q4_0"),
        arguments(new Rtn(2), "Q4_0"), arguments(new Rtn(5), "Q8_0"), arguments(new Rtn(8).symmetric(), "Q8_0"),
        arguments(new Wanda(0.5).then(new Gptq(4).group(32)), "Q5_0"), arguments(new Gptq(4).group(32).actOrder(), "F16"));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void aLayerOnAGridKeepsItsCodes(Method method, String type) {
    Path file = directory.resolve("model.gguf");
    try (Llm dense = Llm.load("arithmetic-3m"); Llm model = method.apply(dense, Windows.of(new long[][] {IDS, IDS}))) {
      Written written = new Gguf().save(model, file);
      assertThat(written.tensors()).filteredOn(each -> each.name().matches(".*(attn|ffn)_[^n]*weight")).extracting(Written.Tensor::type).containsOnly(type);
      try (Llm read = Llm.load(file.toString())) {
        model.layers().forEach((name, layer) -> assertThat(worst(weight(read.layer(name)), type.equals("F16") ? halves(weight(layer)) : weight(layer))).as(name).isZero());
      }
    }
  }

  /** Codes (out, in) with a scale for each output, which becomes a half. */
  static Stream<Method> inInt8() {
    return Stream.of(new SmoothQuant(), new LlmInt8());
  }

  @ParameterizedTest
  @MethodSource("inInt8")
  void aLayerInInt8KeepsItsCodes(Method method) {
    Path file = directory.resolve("model.gguf");
    try (Llm dense = Llm.load("arithmetic-3m"); Llm model = method.apply(dense, Windows.of(new long[][] {IDS, IDS}))) {
      Written written = new Gguf().save(model, file);
      assertThat(written.tensors()).filteredOn(each -> each.name().matches(".*(attn|ffn)_[^n]*weight")).extracting(Written.Tensor::type).containsOnly("Q8_0");
      assertThat(written.notes()).anyMatch(note -> note.contains("layers round their inputs"));
      try (Llm read = Llm.load(file.toString()); Scope scope = new Scope()) {
        model.layers().forEach((name, layer) -> {
          Int8.Rows rows = ((Int8Linear) layer).rounded();
          float[] halves = rows.codes().toType(DataType.FLOAT32, false).mul(rows.scale().toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false).expandDims(1)).toFloatArray();
          assertThat(weight(read.layer(name))).as(name).isEqualTo(halves);
        });
      }
    }
  }

  /** Or the next larger one: rows of 192 are no superblocks. */
  @Test
  void aTableHasTheTypeThatWasAskedFor() {
    try (Llm dense = Llm.load("arithmetic-3m"); Llm model = new Gptq(4).group(32).apply(dense, Windows.of(new long[][] {IDS, IDS}))) {
      Written plain = new Gguf().save(model, directory.resolve("plain.gguf"));
      Written small = new Gguf().table(GgmlType.Q6_K).save(model, directory.resolve("small.gguf"));
      assertThat(small.types()).contains("Q8_0 1").doesNotContain("F16");
      assertThat(small.bytes()).isLessThan(plain.bytes());
      assertThat(small.tensors()).filteredOn(each -> each.type().startsWith("Q5_0")).extracting(Written.Tensor::error).containsOnly(0.0);
    }
  }

  private static float[] weight(Linear layer) {
    try (Scope scope = new Scope()) {
      return layer.weight().toFloatArray();
    }
  }

  private static double worst(float[] actual, float[] expected) {
    return IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(actual[i] - expected[i])).max().orElseThrow();
  }

  private static float[] halves(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Half.toFloat(Half.of(values[i]));
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "Q8_0", "Q4_1", "Q5_K_M"})
  void theReportGivesBothPerplexities(Preset preset) {
    Windows text = Windows.of(new long[][] {IDS, IDS});
    try (Llm model = Llm.load("arithmetic-3m")) {
      Written written = new Gguf(preset).save(model, directory.resolve("model.gguf"));
      Living before = Living.settled();
      FilePerplexity both = written.perplexity(text);
      Living after = Living.settled();
      assertThat(after.arrays()).isLessThanOrEqualTo(before.arrays());
      assertThat(after.bytes()).isLessThanOrEqualTo(before.bytes());
      assertThat(both.inLlamaCpp().isPresent()).isEqualTo(preset != Preset.F32);
      both.inLlamaCpp().ifPresent(rounded -> assertThat(Math.log(rounded.value())).isNotEqualTo(Math.log(both.exact().value())).isCloseTo(Math.log(both.exact().value()), withPercentage(1)));
    }
  }

  @Test
  void aDirectoryHasOnePerplexity() {
    try (Llm model = Llm.load("arithmetic-3m")) {
      assertThat(DenseLayout.float16().save(model, directory.resolve("dense")).perplexity(Windows.of(new long[][] {IDS, IDS})).inLlamaCpp()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"opt", "opt_350m"})
  void whatLlamaCppLacksIsRefusedByName(String name) {
    try (Llm model = Golden.model(name)) {
      assertThatThrownBy(() -> new Gguf().save(model, directory.resolve("a.gguf"))).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("GGUF has no architecture 'opt'; it has llama, mistral, qwen2, qwen3, gpt2, bloom, falcon, gpt_neox");
    }
    assertThat(directory.resolve("a.gguf")).doesNotExist();
  }

  @Test
  void aVariantThatLlamaCppLacksIsRefused() {
    try (Llm model = Golden.model("falcon_alibi")) {
      assertThatThrownBy(() -> new Gguf().save(model, directory.resolve("a.gguf"))).hasMessageContaining("ALiBi");
    }
  }
}
