package secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.Size;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Scope;

class OwlTest {

  private static final List<Role> UNFUSED = List.of(Role.Q, Role.K, Role.V, Role.O, Role.GATE, Role.UP, Role.DOWN);

  /** D by plain loops over the weights and the inputs of the whole model's forward pass. */
  private static double outliers(Llm model, Block block, Map<String, float[]> norms, double m) {
    double[] scores = new double[0];
    for (Role role : UNFUSED) {
      String input = switch (role) {
        case K, V -> block.name(Role.Q);
        case UP -> block.name(Role.GATE);
        default -> block.name(role);
      };
      float[] w = model.layer(block.name(role)).weight().toFloatArray();
      float[] x = norms.get(input);
      int from = scores.length;
      scores = Arrays.copyOf(scores, from + w.length);
      for (int i = 0; i < w.length; i++) {
        scores[from + i] = Math.abs(w[i]) * x[i % x.length];
      }
    }
    double threshold = m * Arrays.stream(scores).average().orElseThrow();
    return (double) Arrays.stream(scores).filter(s -> s > threshold).count() / scores.length;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2"})
  void outliersAsDefined(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      Map<String, float[]> norms = new HashMap<>();
      model.forward(model.ids(Golden.ids(name)), (layer, x) -> {
        NDArray rows = x.reshape(-1, x.getShape().get(2));
        norms.put(layer, rows.square().sum(new int[] {0}).sqrt().toFloatArray());
      });
      for (double m : new double[] {1.5, 3, 5}) {
        double[] d = new Owl(0.5).m(m).outliers(model, Golden.windows(name));
        for (Block block : model.blocks()) {
          double weights = UNFUSED.stream().mapToLong(role -> block.layer(role).size()).sum();
          assertThat(d[block.index()]).isPositive().isCloseTo(outliers(model, block, norms, m), within(1.5 / weights));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.03, 0.5, 0.7, 0.97, 1})
  void theMeanIsKeptAndTheRangeToo(double share) {
    Random random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      double[] d = random.doubles(7, 0, 0.1).map(x -> x * x).toArray();
      long[] weights = random.longs(7, 1, 1_000_000).toArray();
      double[] shares = new Owl(share).lambda(0.1).shares(d, weights);
      assertThat(Shares.mean(shares, weights)).isCloseTo(share, within(1e-12));
      assertThat(Arrays.stream(shares).boxed()).allSatisfy(s ->
          assertThat(s).isBetween(Math.max(0, share - 0.1) - 1e-12, Math.min(1, share + 0.1) + 1e-12));
    }
  }

  @Test
  void moreOutliersLoseLessAndTheExtremeOneByLambda() {
    double[] shares = new Owl(0.5).shares(new double[] {0.01, 0.01, 0.04, 0.02}, new long[] {1, 1, 1, 1});
    assertThat(shares).containsExactly(new double[] {0.54, 0.54, 0.42, 0.5}, within(1e-12));
  }

  @Test
  void equalOutliersLoseEqually() {
    assertThat(new Owl(0.6).shares(new double[] {0.02, 0.02}, new long[] {3, 5})).containsExactly(0.6, 0.6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "opt", "bloom", "falcon", "gpt_neox"})
  void everyBlockLosesItsShare(String name) {
    Owl owl = new Owl(0.5, Magnitude::new).m(2).lambda(0.2);
    try (Llm model = Golden.model(name); Llm made = owl.apply(model, Golden.windows(name))) {
      double[] shares = owl.shares(model, Golden.windows(name));
      assertThat(Math.abs(shares[0] - shares[1])).isGreaterThan(0.01);
      Size.sparsityByLayer(made).forEach((layer, sparsity) -> {
        double share = shares[Integer.parseInt(layer.substring(0, layer.indexOf('.')))];
        assertThat(sparsity).as(layer).isCloseTo(share, within(2.0 / made.layer(layer).size()));
      });
      assertThat(Size.of(made).sparsity()).isCloseTo(0.5, within(1e-3));
    }
  }

  @Test
  void itIsItsFamilyWhereNothingMayVary() {
    try (Llm model = Golden.model("llama"); Llm owl = new Owl(0.5, SparseGpt::new).lambda(0).apply(model, Golden.windows("llama"));
        Llm plain = new SparseGpt(0.5).apply(model, Golden.windows("llama"))) {
      long[] ids = {3, 1, 4, 1, 5};
      assertThat(owl.logits(ids)).isDeepEqualTo(plain.logits(ids));
    }
  }

  @Test
  void labels() {
    assertThat(new Owl(0.5)).hasToString("OWL Wanda 50%").isEqualTo(new Owl(0.5));
    assertThat(new Owl(0.7, SparseGpt::new).m(7).lambda(0.15)).hasToString("OWL SparseGPT 70% M 7 λ 0.15");
  }

  @Test
  void settingsOutsideAreRefused() {
    assertThatThrownBy(() -> new Owl(1.2)).hasMessageContainingAll("1.2", "between 0 and 1");
    assertThatThrownBy(() -> new Owl(0.5).m(0)).hasMessageContainingAll("M is 0", "above 0");
    assertThatThrownBy(() -> new Owl(0.5).lambda(-1)).hasMessageContainingAll("lambda is -1", "between 0 and 1");
  }
}
