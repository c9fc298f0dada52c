package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.model.Llm;
import secateur.model.Quantized;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.quantize.Rtn;
import secateur.tensor.Scope;

class ThenTest {

  static Stream<Method[]> pairs() {
    return Stream.of(new Method[] {new Wanda(0.5), new Gptq(4)}, new Method[] {new Magnitude(0.5), new SparseGpt(0.6)},
        new Method[] {new SparseGpt(2, 4), new Rtn(4)}, new Method[] {new Gptq(4), new Wanda(0.5)},
        new Method[] {new Gptq(4).group(16).actOrder(), new Magnitude(2, 4)}, new Method[] {new Wanda(2, 4), new Gptq(3).symmetric()},
        new Method[] {new Rtn(3), new SparseGpt(0.5)});
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatTheFirstRemovedStaysRemoved(Method first, Method second) {
    try (Llm model = Golden.model("gpt_neox"); Llm once = first.apply(model, Golden.windows("gpt_neox"));
        Llm both = first.then(second).apply(model, Golden.windows("gpt_neox")); Scope scope = new Scope()) {
      once.layers().forEach((name, layer) -> {
        NDArray removed = layer.weight().eq(0);
        NDArray kept = both.layer(name).weight().neq(0);
        assertThat(removed.logicalAnd(kept).any().getBoolean()).as(name).isFalse();
      });
    }
  }

  @Test
  void aQuantizedLayerStaysPackedWhenItIsPruned() {
    try (Llm model = Golden.model("llama"); Llm made = new Gptq(4).then(new Wanda(0.5)).apply(model, Golden.windows("llama"))) {
      assertThat(made.layers().values()).allSatisfy(layer -> assertThat(layer).isInstanceOf(Quantized.class));
    }
  }

  @Test
  void twoStepsEqualTheirComposition() {
    try (Llm model = Golden.model("llama"); Llm once = new Wanda(0.5).apply(model, Golden.windows("llama"));
        Llm twice = new Rtn(4).apply(once, Golden.windows("llama"));
        Llm composed = new Wanda(0.5).then(new Rtn(4)).apply(model, Golden.windows("llama"))) {
      assertThat(composed.logits(new long[] {3, 1, 4, 1, 5})).isDeepEqualTo(twice.logits(new long[] {3, 1, 4, 1, 5}));
    }
  }

  @Test
  void theLabelNamesAll() {
    assertThat(new Wanda(0.5).then(new Gptq(4).group(64)).then(new Rtn(8))).hasToString("Wanda 50% + GPTQ 4-bit g64 + RTN 8-bit");
  }
}
