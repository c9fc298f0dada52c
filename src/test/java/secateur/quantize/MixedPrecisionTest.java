package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.Perplexity;
import secateur.measure.Sensitivity;
import secateur.measure.Size;
import secateur.method.Budget;
import secateur.method.LayerByLayer;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.prune.Magnitude;
import secateur.text.Corpus;
import secateur.text.Windows;

class MixedPrecisionTest {

  private static final IntFunction<LayerByLayer> RTN = Rtn::new;
  private static final IntFunction<LayerByLayer> GPTQ = Gptq::new;

  private static Map<String, Integer> bits(Llm model) {
    return model.layers().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> ((Quantized) each.getValue()).codes().bits()));
  }

  private static double summedRise(Llm model, Llm made, Windows text) {
    return Sensitivity.ofLayersByDivergence(model, made, text).rise().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "qwen2"})
  void atEqualBytesTheSummedRiseIsNoMoreThanWithEqualBits(String name) {
    Windows text = Golden.windows(name);
    for (int bits : new int[] {3, 4}) {
      try (Llm model = Golden.model(name); Llm even = new Rtn(bits).apply(model, text)) {
        Budget budget = Budget.bitsPerWeight(Size.of(even).bitsPerWeight());
        try (Llm mixed = Quantize.toBudget(budget, RTN).apply(model, text)) {
          assertThat(Size.of(mixed).disk()).isLessThanOrEqualTo(Size.of(even).disk());
          assertThat(summedRise(model, mixed, text)).isLessThanOrEqualTo(summedRise(model, even, text) + 1e-6);
        }
      }
    }
  }

  /** Of all choices of three widths for eight layers under the budget, none has a smaller sum of the rises. */
  @ParameterizedTest
  @CsvSource({"gpt2, 3.2", "gpt2, 4.5", "bloom, 3.6", "bloom, 5"})
  void noChoiceUnderTheBudgetHasASmallerSum(String name, double most) {
    Windows text = Golden.windows(name);
    int[] widths = {2, 4, 8};
    MixedPrecision method = Quantize.toBudget(Budget.bitsPerWeight(most), RTN).widths(widths);
    try (Llm model = Golden.model(name); Llm made = method.apply(model, text)) {
      List<String> layers = List.copyOf(model.layers().keySet());
      long[] weights = layers.stream().mapToLong(layer -> model.layer(layer).size()).toArray();
      double[][] bits = new double[widths.length][];
      double[][] rises = new double[widths.length][];
      for (int i = 0; i < widths.length; i++) {
        try (Llm even = new Rtn(widths[i]).apply(model, text)) {
          Map<String, Double> rise = Sensitivity.ofLayersByDivergence(model, even, text).rise();
          rises[i] = layers.stream().mapToDouble(rise::get).toArray();
          bits[i] = layers.stream().mapToDouble(Size.bitsByLayer(even)::get).toArray();
        }
      }
      double least = Double.POSITIVE_INFINITY;
      for (int choice = 0; choice < Math.pow(widths.length, layers.size()); choice++) {
        double taken = 0;
        double sum = 0;
        for (int layer = 0, rest = choice; layer < weights.length; layer++, rest /= widths.length) {
          taken += bits[rest % widths.length][layer] * weights[layer] / LongStream.of(weights).sum();
          sum += rises[rest % widths.length][layer];
        }
        least = taken <= most && sum < least ? sum : least;
      }
      assertThat(Size.of(made).bitsPerWeight()).isLessThanOrEqualTo(most);
      assertThat(summedRise(model, made, text)).isCloseTo(least, within(1e-6));
      assertThat(least).isPositive();
    }
  }

  @Test
  void layersOfOneBlockMayDifferAndOnlyTheChosenWidthsAppear() {
    Windows text = Golden.windows("llama");
    try (Llm model = Golden.model("llama"); Llm made = Quantize.toBudget(Budget.bitsPerWeight(7), GPTQ).widths(8, 3, 3).windows(1).apply(model, text)) {
      assertThat(new TreeSet<>(bits(made).values())).containsExactly(3, 8);
      assertThat(List.of("0.", "1.")).anySatisfy(block -> assertThat(
          bits(made).entrySet().stream().filter(each -> each.getKey().startsWith(block)).map(Map.Entry::getValue).distinct()).hasSize(2));
    }
  }

  @Test
  void moreThanEnoughTakesTheWidest() {
    Windows text = Golden.windows("llama");
    try (Llm model = Golden.model("llama"); Llm made = Quantize.toBudget(Budget.mebibytes(100), RTN).apply(model, text)) {
      assertThat(bits(made).values()).containsOnly(8);
    }
  }

  @Test
  void tooLittleNamesTheLeast() {
    Windows text = Golden.windows("llama");
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> Quantize.toBudget(Budget.bitsPerWeight(1), RTN).apply(model, text)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("1 bits/weight cannot be met; the least that was reached is 2.", "2 bits everywhere");
      assertThatThrownBy(() -> Quantize.toPerplexity(1.5, RTN).widths(2, 3).apply(model, text)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("perplexity 1.5 cannot be met; the least that was reached is", "3 bits everywhere");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bloom"})
  void aPerplexityIsMetWithFewerBytesThanTheWidest(String name) {
    Windows text = Golden.windows(name);
    try (Llm model = Golden.model(name); Llm widest = new Rtn(8).apply(model, text)) {
      double most = 1.001 * Perplexity.of(widest, text).value();
      try (Llm made = Quantize.toPerplexity(most, RTN).apply(model, text)) {
        assertThat(Perplexity.of(made, text).value()).isLessThanOrEqualTo(most);
        assertThat(Size.of(made).disk()).isLessThan(Size.of(widest).disk());
      }
    }
  }

  /** Rises of layers need not add up: here 4 bits everywhere come before the choice that the rises lead to. */
  @Test
  void noWidthForAllLayersMeetsAPerplexityWithFewerBytes() {
    Windows text = Corpus.load("java").windows(2, 64);
    try (Llm model = Llm.load("java-8m")) {
      double most = 1.06 * Perplexity.of(model, text).value();
      IntFunction<LayerByLayer> family = bits -> new Rtn(bits).group(64);
      try (Llm made = Quantize.toPerplexity(most, family).widths(3, 4, 8).windows(1).apply(model, text);
          Llm four = family.apply(4).apply(model, text)) {
        assertThat(Perplexity.of(made, text).value()).isLessThanOrEqualTo(most);
        assertThat(Perplexity.of(four, text).value()).isLessThanOrEqualTo(most);
        assertThat(Size.of(made).disk()).isLessThanOrEqualTo(Size.of(four).disk());
      }
    }
  }

  @Test
  void zerosStayZerosTheModelStaysAndTwiceIsTheSame() {
    Windows text = Golden.windows("qwen2");
    Method method = Quantize.toBudget(Budget.bitsPerWeight(5), GPTQ);
    try (Llm dense = Golden.model("qwen2"); Llm model = new Magnitude(0.5).apply(dense, text)) {
      float[][] before = model.logits(new long[] {1, 2, 3});
      try (Llm once = method.apply(model, text); Llm again = method.apply(model, text)) {
        assertThat(Size.of(once).sparsity()).isGreaterThanOrEqualTo(Size.of(model).sparsity());
        assertThat(once.logits(new long[] {1, 2, 3})).isDeepEqualTo(again.logits(new long[] {1, 2, 3}));
      }
      assertThat(model.logits(new long[] {1, 2, 3})).isDeepEqualTo(before);
    }
  }

  @Test
  void labels() {
    assertThat(Quantize.toBudget(Budget.mebibytes(8), GPTQ)).hasToString("8 MiB on disk by mixed GPTQ")
        .isEqualTo(Quantize.toBudget(Budget.mebibytes(8), GPTQ));
    assertThat(Quantize.toPerplexity(5, RTN).widths(4, 2).windows(3)).hasToString("perplexity 5.0 by mixed RTN [2, 4] (3 windows)");
  }

  @Test
  void settingsOutsideAreRefused() {
    assertThatThrownBy(() -> Quantize.toPerplexity(1, RTN)).hasMessageContainingAll("1.0", "above 1");
    assertThatThrownBy(() -> new MixedPrecision(new MixedPrecision.AtMost(5), RTN, List.of(), 1)).hasMessageContaining("no widths");
    assertThatThrownBy(() -> Quantize.toBudget(Budget.mebibytes(8), RTN).widths(4, 9)).hasMessageContainingAll("bits is 9", "between 2 and 8");
    assertThatThrownBy(() -> Quantize.toBudget(Budget.mebibytes(8), RTN).windows(0)).hasMessageContaining("0 windows");
    try (Llm model = Golden.model("gpt2")) {
      assertThatThrownBy(() -> Quantize.toBudget(Budget.mebibytes(8), b -> new Rtn(b).group(48)).check(model)).hasMessageContainingAll("layer 0.qkv", "48");
    }
  }
}
