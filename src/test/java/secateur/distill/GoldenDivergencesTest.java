package secateur.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.tensor.Divergences;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;
import secateur.tensor.Scope;

/** Divergences of each token, their weighted means and the gradients of these, against PyTorch in float64. */
class GoldenDivergencesTest {

  private static NDArray golden(String name) {
    return Golden.tensor("distill/divergences.safetensors", name);
  }

  private static void same(NDArray ours, String name) {
    same(ours, golden(name), name);
  }

  private static void same(NDArray ours, NDArray theirs, String name) {
    assertThat(Golden.difference(ours.stopGradient().reshape(theirs.getShape()), theirs) / theirs.abs().max().getFloat()).as(name).isLessThan(1e-5);
  }

  private static void check(String name, String weights, BinaryOperator<NDArray> tokens) {
    try (Scope scope = new Scope()) {
      NDArray z = Gradients.trainable(golden("student"));
      NDArray teacher = golden("teacher");
      NDArray w = golden(weights);
      NDArray counted = w.gt(0).toType(w.getDataType(), false);
      same(tokens.apply(z, teacher).mul(counted), golden(name + ".tokens").mul(counted), name + ".tokens");
      NDArray loss = Gradients.add(() -> Divergences.mean(tokens.apply(z, teacher), w));
      same(loss, name + ".loss");
      same(z.getGradient(), name + ".dz");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void divergences(int temperature) {
    Map<String, Divergence> all = Map.of("forward" + temperature, new ForwardKl(), "reverse" + temperature, new ReverseKl(),
        "js0.1." + temperature, new JensenShannon(0.1), "js0.5." + temperature, new JensenShannon(0.5), "js0.9." + temperature, new JensenShannon(0.9));
    all.forEach((name, divergence) -> check(name, "weights", (student, teacher) -> divergence.of(student, teacher, temperature)));
  }

  @Test
  void crossEntropy() {
    check("ce", "weights", (student, teacher) -> Divergences.crossEntropy(student, golden("targets")));
  }

  @Test
  void mixedHalfAndHalf() {
    check("mixed", "weights", (student, teacher) -> Nn.scaled(Divergences.crossEntropy(student, golden("targets")), 0.5)
        .add(Nn.scaled(new ForwardKl().of(student, teacher, 1), 0.5)));
  }

  @Test
  void theRestAsOneOutcome() {
    check("folded", "folded.weights", (student, teacher) -> {
      NDArray places = Divergences.top(teacher, 2, 3).get(1);
      return Nn.scaled(new ForwardKl().of(Divergences.folded(student, places, 2), Divergences.folded(teacher, places, 2), 1), 4);
    });
  }

  @Test
  void theLikeliestComeFirst() {
    try (Scope scope = new Scope()) {
      NDArray y = golden("teacher");
      List<NDArray> top = Divergences.top(y, 1, 4);
      assertThat(top.get(1).get("..., 0")).isEqualTo(y.argMax(-1));
      assertThat(Golden.difference(top.get(0), Divergences.folded(y, top.get(1), 1).get("..., :4"))).isLessThan(1e-6);
      assertThat(Golden.difference(Divergences.folded(y, top.get(1), 1).exp().sum(new int[] {-1}), golden("weights").onesLike())).isLessThan(1e-5);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    for (double beta : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> new JensenShannon(beta)).hasMessageContaining("beta is " + beta);
    }
    assertThat(new JensenShannon(0.5)).hasToString("JS(0.5)");
  }
}
