package secateur.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.model.Llm;
import secateur.prune.Magnitude;

class FlopsTest {

  private static final double WEIGHTS = 2 * (64 * 64 + 2 * 32 * 64 + 64 * 64 + 3 * 64 * 172);
  private static final double HEAD = 320 * 64;
  private static final double ATTENTION = 2 * 2 * 2 * 48 * 4 * 16; // q k' and p v, multiplied and added, in 2 blocks, 48 tokens, 4 heads of 16

  @Test
  void byHand() {
    try (Llm model = Golden.model("llama")) {
      Flops flops = Flops.of(model, Size.of(model), 48);
      assertThat(flops.executed()).isEqualTo(2 * WEIGHTS + 2 * HEAD + ATTENTION);
      assertThat(flops.needed()).isEqualTo(flops.executed());
    }
  }

  @Test
  void zerosAreExecutedButNotNeeded() {
    try (Llm model = Golden.model("llama"); Llm made = new Magnitude(2, 4).apply(model, null)) {
      Flops flops = Flops.of(made, Size.of(made), 48);
      assertThat(flops.executed()).isEqualTo(2 * WEIGHTS + 2 * HEAD + ATTENTION);
      assertThat(flops.needed()).isEqualTo(WEIGHTS + 2 * HEAD + ATTENTION);
    }
  }
}
