package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.model.Linear;
import secateur.model.Llm;

class TrainerTest {

  private static final Recipe RECIPE = new Recipe(new Schedule(20, 4, 1e-2, 0.1), AdamW.USUAL, 2);

  @TempDir
  Path folder;

  @Test
  void theLossFalls() throws IOException {
    Recipe longer = Recipe.of(150, 1e-2);
    try (Llm model = Llm.random(Tiny.config(), 3)) {
      Trained trained = trainer(longer, Upkeep.none()).train(model, new FullTraining());
      List<Curve.Point> curve = trained.curve().training();
      assertThat(curve.get(0).loss()).isBetween(3.5, 3.9); // ln 40 = 3.69
      assertThat(curve.get(149).loss()).isLessThan(1.5);
      assertThat(curve.get(149).tokens()).isEqualTo(150L * 8 * 16);
      trained.model().close();
    }
  }

  @Test
  void theModelThatWasGivenStaysAsItIs() throws IOException {
    try (Llm model = Llm.random(Tiny.config(), 3)) {
      List<float[]> before = weights(model);
      trainer(RECIPE, Upkeep.none()).train(model, new FullTraining()).model().close();
      assertThat(same(before, weights(model))).isTrue();
      assertThat(model.others()).noneMatch(NDArray::hasGradient);
    }
  }

  @Test
  void headAndEmbeddingStayOneArray() throws IOException {
    try (Llm model = Llm.random(Tiny.config(), 3);
        Llm trained = trainer(RECIPE, Upkeep.none()).train(model, new FullTraining()).model()) {
      assertThat(trained.others()).anyMatch(array -> array == trained.head().arrays().get(0));
      assertThat(trained.others()).noneMatch(NDArray::hasGradient);
    }
  }

  @Test
  void aKilledTrainingResumesToTheSameWeights() throws IOException {
    Path file = folder.resolve("training.safetensors");
    try (Llm model = Llm.random(Tiny.config(), 3)) {
      List<float[]> whole = trained(model, Upkeep.none());
      assertThatThrownBy(() -> trained(model, Upkeep.<long[][]>none().checkpoint(file, 5).listener(dyingAt(13))))
          .hasMessage("killed");
      assertThat(file).exists();
      List<Integer> heard = new ArrayList<>();
      List<float[]> resumed = trained(model, Upkeep.<long[][]>none().checkpoint(file, 5).listener(counting(heard)));
      assertThat(heard).hasSize(10); // from step 10
      assertThat(same(whole, resumed)).isTrue();
    }
  }

  @Test
  void pagedMomentsMakeTheSameWeights() throws IOException {
    Recipe paged = RECIPE.paged();
    Path file = folder.resolve("paged.safetensors");
    try (Llm model = Llm.random(Tiny.config(), 3)) {
      List<float[]> resident = trained(RECIPE, model, Upkeep.none());
      assertThat(same(resident, trained(paged, model, Upkeep.none()))).isTrue();
      assertThatThrownBy(() -> trained(RECIPE, model, Upkeep.<long[][]>none().checkpoint(file, 5).listener(dyingAt(13)))).hasMessage("killed");
      List<Integer> heard = new ArrayList<>();
      assertThat(same(resident, trained(paged, model, Upkeep.<long[][]>none().checkpoint(file, 5).listener(counting(heard))))).isTrue();
      assertThat(heard).hasSize(10);
    }
  }

  @Test
  void aCheckpointOfAnotherRecipeIsRefused() throws IOException {
    Path file = folder.resolve("training.safetensors");
    Upkeep<long[][]> upkeep = Upkeep.<long[][]>none().checkpoint(file, 5);
    try (Llm model = Llm.random(Tiny.config(), 3)) {
      trainer(RECIPE, upkeep).train(model, new FullTraining()).model().close();
      assertThatThrownBy(() -> trainer(RECIPE.accumulate(1), upkeep).train(model, new FullTraining()))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("belongs to");
    }
  }

  @Test
  void heldOutBatchesAreMeasuredAndTheBestIsTold() throws IOException {
    TokenWindows data = Tiny.windows(folder);
    HeldOut<long[][]> heldOut = new HeldOut<>(List.of(data.batch(1000), data.batch(1001)), 8);
    List<Boolean> best = new ArrayList<>();
    Listener listener = new Listener() {
      @Override
      public void measured(Curve.Point point, boolean isBest, Supplier<Llm> copy) {
        best.add(isBest);
        copy.get().close();
      }
    };
    try (Llm model = Llm.random(Tiny.config(), 3)) {
      Trained trained = trainer(RECIPE, Upkeep.<long[][]>none().heldOut(heldOut).listener(listener)).train(model, new FullTraining());
      assertThat(best).containsExactly(true, true, true); // steps 8, 16, 20
      assertThat(trained.curve().best()).isEqualTo(trained.curve().heldOut().get(2).loss());
      double measured = heldOut.measure(trained.model(), new NextToken());
      assertThat(measured).isCloseTo(trained.curve().best(), org.assertj.core.data.Offset.offset(1e-5));
      trained.model().close();
    }
  }

  private List<float[]> trained(Llm model, Upkeep<long[][]> upkeep) throws IOException {
    return trained(RECIPE, model, upkeep);
  }

  private List<float[]> trained(Recipe recipe, Llm model, Upkeep<long[][]> upkeep) throws IOException {
    try (Llm trained = trainer(recipe, upkeep).train(model, new FullTraining()).model()) {
      return weights(trained);
    }
  }

  private Trainer<long[][]> trainer(Recipe recipe, Upkeep<long[][]> upkeep) throws IOException {
    return new Trainer<>(recipe, new NextToken(), Tiny.windows(Files.createTempDirectory(folder, "text")), upkeep);
  }

  private static List<float[]> weights(Llm model) {
    List<float[]> all = new ArrayList<>();
    for (Linear layer : model.layers().values()) {
      all.add(layer.arrays().get(0).toFloatArray());
    }
    model.others().forEach(array -> all.add(array.toFloatArray()));
    return all;
  }

  private static boolean same(List<float[]> a, List<float[]> b) {
    return java.util.stream.IntStream.range(0, a.size()).allMatch(i -> java.util.Arrays.equals(a.get(i), b.get(i)));
  }

  private static Listener dyingAt(int step) {
    return new Listener() {
      @Override
      public void step(Curve.Point point, double tokensPerSecond) {
        if (point.tokens() == step * 2L * 8 * 16) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  private static Listener counting(List<Integer> heard) {
    return new Listener() {
      @Override
      public void step(Curve.Point point, double tokensPerSecond) {
        heard.add(heard.size());
      }
    };
  }
}
