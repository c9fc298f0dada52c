package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.model.Llm;
import secateur.tensor.Gradients;
import secateur.tensor.Scope;

class ActivationsTest {

  /** The gradients of one step of two batches, by parameter. */
  private static Map<String, NDArray> gradients(Llm model, Adapter adapter, Activations activations) {
    Map<String, NDArray> gradients = new TreeMap<>();
    Adapter watched = new Wrapped(adapter) {
      @Override
      public Companion begin(Llm open) {
        return new Companion() {
          @Override
          public void gradients(int step, Llm now) {
            Parameter.of(now, Map.of(), Moments.RESIDENT).forEach(each -> {
              gradients.put(each.name(), Scope.free(Gradients.settled(each.value().getGradient(), DataType.FLOAT32)));
              each.close();
            });
          }
        };
      }
    };
    Recipe recipe = new Recipe(new Schedule(1, 0, 1e-3, 1), AdamW.USUAL, 2, activations);
    new Trainer<>(recipe, new NextToken(), new WindowBatches(Golden.ids("llama"), 1, 0), Upkeep.none()).train(model, watched).model().close();
    return gradients;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "bloom", "gpt_neox", "opt_350m", "qwen3"})
  void gradientsAreTheSameWhenTheyAreComputedAgain(String name) {
    try (Llm model = Golden.model(name)) {
      for (Adapter adapter : List.of(new FullTraining(), new Lora(4).dropout(0.2))) {
        Map<String, NDArray> kept = gradients(model, adapter, Activations.KEPT);
        Map<String, NDArray> again = gradients(model, adapter, Activations.RECOMPUTED);
        assertThat(again.keySet()).isEqualTo(kept.keySet()).isNotEmpty();
        kept.forEach((key, gradient) -> assertThat(Golden.difference(gradient, again.get(key))).as(adapter + " " + key)
            .isLessThanOrEqualTo(1e-6 * Math.max(1e-3, largest(gradient))));
        assertThat(kept.values().stream().mapToDouble(ActivationsTest::largest).max().orElse(0)).isGreaterThan(1e-4);
        kept.values().forEach(NDArray::close);
        again.values().forEach(NDArray::close);
      }
    }
  }

  private static double largest(NDArray array) {
    try (Scope scope = new Scope()) {
      return array.abs().max().getFloat();
    }
  }
}
