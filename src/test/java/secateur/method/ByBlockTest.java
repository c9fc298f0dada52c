package secateur.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.calibrate.InputNorm;
import secateur.measure.Size;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.prune.Magnitude;
import secateur.prune.SparseGpt;
import secateur.prune.Wanda;
import secateur.quantize.Gptq;
import secateur.spec.Role;

class ByBlockTest {

  private static void assertShares(Method method, double... shares) {
    try (Llm model = Golden.model("llama"); Llm made = method.apply(model, Golden.windows("llama"))) {
      Size.sparsityByLayer(made).forEach((name, sparsity) ->
          assertThat(sparsity).as(name).isCloseTo(shares[name.charAt(0) - '0'], within(1.0 / made.layer(name).columns())));
    }
  }

  /** As a user would type it. */
  record Alternating(double share) implements PerLayer<InputNorm> {
    @Override
    public PerLayer<InputNorm> at(int block, Role role) {
      return block % 2 == 0 ? this : new Wanda(0.25);
    }

    @Override
    public InputNorm observe(Linear layer) {
      return new InputNorm();
    }

    @Override
    public Linear compress(Linear layer, InputNorm x) {
      return new Wanda(share).compress(layer, x);
    }
  }

  @Test
  void aMethodMayDifferFromBlockToBlock() {
    assertShares(new Alternating(0.75), 0.75, 0.25);
    assertShares(new ByBlock("mine", List.of(new Magnitude(0.75), new Magnitude(0.25))), 0.75, 0.25);
    assertShares(ByBlock.of("mine", SparseGpt::new, new double[] {0.25, 0.5}), 0.25, 0.5);
  }

  @Test
  void whatDoesNotSuitABlockIsFoundAtItsBlock() {
    ByBlock method = new ByBlock("mine", List.of(new Gptq(4), new Gptq(4).group(7)));
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> method.check(model)).hasMessageContainingAll("layer 1.q", "7");
    }
  }

  @Test
  void kindsMustNotMixAndNumbersMustMatch() {
    assertThatThrownBy(() -> new ByBlock("mine", List.of(new Wanda(0.5), new SparseGpt(0.5)))).hasMessageContainingAll("one kind", "Wanda", "SparseGpt");
    assertThatThrownBy(() -> new ByBlock("mine", List.of())).hasMessageContainingAll("one kind", "none");
    try (Llm model = Golden.model("llama")) {
      assertThatThrownBy(() -> new ByBlock("mine", List.of(new Wanda(0.5))).apply(model, Golden.windows("llama")))
          .hasMessageContainingAll("1 methods", "2 blocks");
    }
  }
}
