package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import secateur.Golden;
import secateur.calibrate.InputMoments;
import secateur.method.Grid;
import secateur.method.Inputs;
import secateur.model.Block;
import secateur.model.Dense;
import secateur.model.Feed;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Columns;
import secateur.tensor.Devices;
import secateur.tensor.Scope;

/** Losses, chosen scales and rounded weights of one block against the formulas computed in PyTorch. */
class GoldenAwqTest {

  private static final Grid GRID = new Grid(3).group(4);

  private static Inputs inputs(Llm model) {
    NDArray x = Golden.expected("llama", "hidden_0");
    return new Inputs(List.of(x), model.pass((int) x.getShape().get(1)));
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

  /** Ours and the golden ones. */
  @ParameterizedTest
  @EnumSource(value = Role.class, names = {"Q", "K", "V", "O", "GATE", "UP", "DOWN"})
  void scaledClippedAndRounded(Role role) {
    try (Scope scope = new Scope(); Llm model = GoldenBlock.model()) {
      Block block = model.blocks().get(0);
      NDArray ours = new Awq(GRID).compress(block, inputs(model)).layer(role).weight();
      List<List<ClippedGroup>> groups = groups(block, role, inputs(model));
      Function<ClippedGroup, List<ClippedGroup.Outcome>> outcomes =
          role == Role.Q || role == Role.K ? ClippedGroup::rounded : ClippedGroup::clipped;
      ClippedGroup.assertAmong(outcomes, groups, Golden.numbers(ours));
      ClippedGroup.assertAmong(outcomes, groups, Golden.numbers(GoldenBlock.given("awq/" + role.label() + ".weight")));
    }
  }

  /** The groups of {@code role}, scaled as the golden values say. */
  private static List<List<ClippedGroup>> groups(Block block, Role role, Inputs inputs) {
    Map<Role, InputMoments> seen = inputs.gather(block, each -> new InputMoments());
    Role first = block.inputs().stream().filter(each -> each.contains(role)).findFirst().orElseThrow().get(0);
    NDArray h = seen.get(first).products();
    seen.values().forEach(InputMoments::close);
    NDArray in = first == Role.O ? h.get(0).onesLike() : GoldenBlock.given("awq/" + first.label() + ".scales");
    NDArray w = block.layer(role).weight().mul(in);
    NDArray scaled = role == Role.UP ? w.div(GoldenBlock.given("awq/down.scales").expandDims(1)) : w;
    return ClippedGroup.of(Golden.numbers(scaled), Golden.numbers(h.div(in).div(in.expandDims(1))), GRID);
  }

  /** At two bits the tightest bounds are chosen too. */
  @Test
  void clippedToTheBoundThatErrsLeast() {
    try (Scope scope = new Scope()) {
      Grid grid = new Grid(2).group(128);
      Dense layer = new Dense(Devices.manager().randomNormal(new Shape(32, 256)), null, DataType.FLOAT32);
      NDArray h = Columns.gram(Devices.manager().randomNormal(new Shape(999, 256)));
      NDArray ours = grid.rounded(layer, new AwqBlock(grid, null, Map.of()).clipped(layer, h));
      ClippedGroup.assertAmong(ClippedGroup::clipped, ClippedGroup.of(Golden.numbers(layer.weight()), Golden.numbers(h), grid), Golden.numbers(ours));
    }
  }
}
