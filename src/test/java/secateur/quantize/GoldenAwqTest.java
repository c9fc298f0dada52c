package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import secateur.Golden;
import secateur.calibrate.InputMoments;
import secateur.method.Grid;
import secateur.method.Inputs;
import secateur.model.Block;
import secateur.model.Feed;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.spec.Role;
import secateur.tensor.Scope;

/** Losses, chosen scales and rounded weights of one block against the formulas computed in PyTorch. */
class GoldenAwqTest {

  private static final Grid GRID = new Grid(3).group(4);

  private static Inputs inputs(Llm model) {
    NDArray x = Golden.expected("llama", "hidden_0");
    return new Inputs(List.of(x), new Pass(model.spec(), (int) x.getShape().get(1)));
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, names = {"Q", "GATE", "DOWN"})
  void theExponentWithTheLeastError(Role role) {
    try (Scope scope = new Scope(); Llm model = GoldenBlock.model()) {
      Block block = model.blocks().get(0);
      Map<Role, InputMoments> seen = inputs(model).gather(block, each -> new InputMoments());
      AwqBlock awq = new AwqBlock(GRID, inputs(model), seen);
      Feed feed = GoldenBlock.feed(block, role);
      AwqBlock.Choice choice = awq.choose(block, feed);
      assertThat(choice.exponent()).isEqualTo((int) GoldenBlock.given("awq/" + role.label() + ".exponent").toLongArray()[0]);
      GoldenBlock.same(choice.scales(), "awq/" + role.label() + ".scales", 1e-5);
      float[] losses = GoldenBlock.given("awq/" + role.label() + ".losses").toFloatArray();
      assertThat(choice.error() / losses[choice.exponent()]).isBetween(0.999, 1.001);
      assertThat(awq.error(block, feed, choice.scales().onesLike()) / losses[0]).isBetween(0.999, 1.001);
      seen.values().forEach(InputMoments::close);
    }
  }

  @Test
  void scaledClippedAndRounded() {
    try (Scope scope = new Scope(); Llm model = GoldenBlock.model()) {
      Block made = new Awq(GRID).compress(model.blocks().get(0), inputs(model));
      for (Role role : made.roles()) {
        float[] theirs = GoldenBlock.given("awq/" + role.label() + ".weight").toFloatArray();
        float[] ours = made.layer(role).weight().toFloatArray();
        int apart = 0;
        for (int i = 0; i < ours.length; i++) {
          apart += Math.abs(ours[i] - theirs[i]) > 1e-4 * (1 + Math.abs(theirs[i])) ? 1 : 0;
        }
        // a group clipped at both ends has its zero halfway between two codes
        assertThat(apart).as("weights of %s on other codes, of %d", role, ours.length).isLessThanOrEqualTo(ours.length / 200);
      }
    }
  }
}
