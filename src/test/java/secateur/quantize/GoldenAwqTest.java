package secateur.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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

  /** Ours and the golden ones: the only outcome, or one of those that the last bits of float32 choose between. */
  @ParameterizedTest
  @EnumSource(value = Role.class, names = {"Q", "K", "V", "O", "GATE", "UP", "DOWN"})
  void scaledClippedAndRounded(Role role) {
    try (Scope scope = new Scope(); Llm model = GoldenBlock.model()) {
      Block block = model.blocks().get(0);
      double[][] ours = rows(new Awq(GRID).compress(block, inputs(model)).layer(role).weight());
      double[][] theirs = rows(GoldenBlock.given("awq/" + role.label() + ".weight"));
      List<List<ClippedGroup>> groups = groups(block, role, inputs(model));
      for (int row = 0; row < ours.length; row++) {
        for (int group = 0; group < groups.get(row).size(); group++) {
          ClippedGroup given = groups.get(row).get(group);
          List<ClippedGroup.Outcome> outcomes = role == Role.Q || role == Role.K ? given.rounded() : given.clipped();
          for (double[] made : List.of(part(ours[row], group), part(theirs[row], group))) {
            assertThat(outcomes).as("row %d, group %d", row, group).anySatisfy(each -> assertThat(each.weights()).containsExactly(made, within(1e-5)));
          }
        }
      }
    }
  }

  private static double[] part(double[] row, int group) {
    return Arrays.copyOfRange(row, group * GRID.size(), (group + 1) * GRID.size());
  }

  /** The groups of each row of {@code role}, scaled as the golden values say. */
  private static List<List<ClippedGroup>> groups(Block block, Role role, Inputs inputs) {
    Map<Role, InputMoments> seen = inputs.gather(block, each -> new InputMoments());
    Role first = block.inputs().stream().filter(each -> each.contains(role)).findFirst().orElseThrow().get(0);
    double[][] h = rows(seen.get(first).products());
    seen.values().forEach(InputMoments::close);
    double[][] w = rows(block.layer(role).weight());
    double[] in = first == Role.O ? ones(h.length) : rows(GoldenBlock.given("awq/" + first.label() + ".scales").expandDims(0))[0];
    double[] out = role == Role.UP ? rows(GoldenBlock.given("awq/down.scales").expandDims(0))[0] : ones(w.length);
    return IntStream.range(0, w.length).mapToObj(row -> IntStream.range(0, h.length / GRID.size()).mapToObj(group -> {
      int from = group * GRID.size();
      int[] places = IntStream.range(from, from + GRID.size()).toArray();
      return new ClippedGroup(Arrays.stream(places).mapToDouble(i -> w[row][i] * in[i] / out[row]).toArray(),
          Arrays.stream(places).mapToObj(i -> Arrays.stream(places).mapToDouble(j -> h[i][j] / in[i] / in[j]).toArray()).toArray(double[][]::new), 7);
    }).toList()).toList();
  }

  private static double[] ones(int count) {
    return DoubleStream.generate(() -> 1).limit(count).toArray();
  }

  private static double[][] rows(NDArray matrix) {
    float[] flat = matrix.toFloatArray();
    int width = (int) matrix.getShape().get(1);
    return IntStream.range(0, flat.length / width)
        .mapToObj(row -> IntStream.range(0, width).mapToDouble(i -> flat[row * width + i]).toArray()).toArray(double[][]::new);
  }
}
