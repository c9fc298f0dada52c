package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.measure.Size;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Devices;

class DemandTest {

  private static Trainer<long[][]> trainer(Recipe recipe, int rows) {
    return new Trainer<>(recipe, new NextToken(), new WindowBatches(Golden.ids("llama"), rows, 0), Upkeep.none());
  }

  @Test
  void whatCannotFitIsRefusedBeforeItBegins() {
    Data<long[][]> vast = new Data<>() {
      @Override
      public long[][] batch(long index) {
        throw new AssertionError("training began");
      }

      @Override
      public long tokens() {
        return 1L << 30;
      }
    };
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> new Trainer<>(Recipe.of(1, 1e-3), new NextToken(), vast, Upkeep.none()).train(model, new Lora(8)))
          .isInstanceOf(IllegalStateException.class).hasMessageContainingAll("LoRA r8", "MiB, but", "are free");
    }
  }

  @ParameterizedTest
  @MethodSource("secateur.Golden#models")
  void fullTrainingHasAllParameters(String name) {
    try (Llm model = Golden.model(name)) {
      assertThat(new FullTraining().parameters(model)).isEqualTo(Size.of(model).parameters());
    }
  }

  @Test
  void operationsFollowFromWhatIsTrained() {
    Recipe recipe = Recipe.of(10, 1e-3);
    try (Llm model = Golden.model("llama")) {
      double tokens = 10 * 2 * 47;
      double weights = model.layers().values().stream().mapToLong(Linear::size).sum() + model.head().size();
      Demand full = trainer(recipe, 2).demand(model, new FullTraining());
      Demand lora = trainer(recipe, 2).demand(model, new Lora(1));
      assertThat(full.flops() / (6 * weights * tokens)).isCloseTo(1, within(0.15));
      assertThat(lora.flops() / (4 * weights * tokens)).isCloseTo(1, within(0.05));
      assertThat(trainer(recipe.recomputed(), 2).demand(model, new Lora(1)).flops()).isCloseTo(lora.flops() + 2 * weights * tokens, within(1.0));
      assertThat(trainer(recipe.recomputed(), 2).demand(model, new Lora(1)).bytes()).isLessThan(lora.bytes());
      Demand paged = trainer(recipe.paged(), 2).demand(model, new FullTraining());
      assertThat(paged.bytes() + paged.host()).isEqualTo(full.bytes());
      assertThat(paged.host()).isEqualTo(Devices.current().isGpu() ? 8 * new FullTraining().parameters(model) : 0);
      assertThat(full.bytes() - lora.bytes()).isGreaterThan((long) (15 * weights));
    }
  }
}
