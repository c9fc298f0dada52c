package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.method.DataFree;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.quantize.Rtn;
import secateur.tensor.Scope;

class LayerErrorsTest {

  private static Map<String, Double> errors(String name, Method method) {
    try (Llm model = Golden.model(name); Llm made = method.apply(model, Golden.windows(name))) {
      return LayerErrors.of(model, made, Golden.windows(name));
    }
  }

  @Test
  void anUnchangedModelHasNone() {
    try (Llm model = Golden.model("llama"); Llm same = model.share()) {
      assertThat(LayerErrors.of(model, same, Golden.windows("llama")).values()).hasSize(14).containsOnly(0.0);
    }
  }

  @Test
  void halvedWeightsErrByAQuarter() {
    DataFree halved = layer -> layer.withWeight(layer.weight().mul(0.5));
    assertThat(errors("gpt2", halved).values()).allSatisfy(error -> assertThat(error).isCloseTo(0.25, within(1e-4)));
  }

  @Test
  void everythingGone() {
    assertThat(errors("bloom", new Magnitude(1)).values()).allSatisfy(error -> assertThat(error).isCloseTo(1, within(1e-4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "falcon"})
  void asDefined(String name) {
    try (Llm model = Golden.model(name); Llm made = new Rtn(3).apply(model, null); Scope scope = new Scope()) {
      Map<String, NDArray> inputs = new HashMap<>();
      model.forward(model.ids(Golden.ids(name)), (layer, x) -> inputs.put(layer, Scope.free(x.duplicate())));
      Map<String, Double> errors = LayerErrors.of(model, made, Golden.windows(name));
      for (String layer : List.of("0.o", "1.down")) {
        NDArray w = model.layer(layer).weight();
        double expected = energy(inputs.get(layer), w.sub(made.layer(layer).weight())) / energy(inputs.get(layer), w);
        assertThat(errors.get(layer)).isCloseTo(expected, withinPercentage(0.1));
      }
      inputs.values().forEach(NDArray::close);
    }
  }

  private static double energy(NDArray x, NDArray w) {
    return x.matMul(w.transpose()).square().sum().getFloat();
  }

  @Test
  void aLayerThatOnlyEverGivesZerosHasNoError() {
    DataFree nothing = layer -> layer.withWeight(layer.weight().zerosLike());
    try (Llm model = Golden.model("llama"); Llm zero = nothing.apply(model, null)) {
      assertThat(LayerErrors.of(zero, zero, Golden.windows("llama")).values()).containsOnly(0.0);
    }
  }
}
