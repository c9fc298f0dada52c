package secateur.quantize;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.model.Block;
import secateur.model.Feed;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.model.Pass;
import secateur.model.W8A8;
import secateur.spec.Role;
import secateur.tensor.Int8;
import secateur.tensor.Scope;

/** Scales, smoothed weights and the output in int8 against the formulas computed in PyTorch. */
class GoldenSmoothQuantTest {

  @Test
  void scalesWeightsAndOutput() {
    try (Scope scope = new Scope(); Llm model = GoldenBlock.model()) {
      NDArray x = Golden.expected("llama", "hidden_0");
      Block smooth = model.blocks().get(0);
      for (Role role : List.of(Role.Q, Role.GATE)) {
        Feed feed = GoldenBlock.feed(smooth, role);
        List<Linear> layers = feed.readers().stream().map(model.blocks().get(0)::layer).toList();
        NDArray scales = new SmoothQuant().scales(Int8.peaks(input(model, model.blocks().get(0), x, role)), layers);
        GoldenBlock.same(scales, "smooth/" + role.label() + ".scales", 1e-5);
        smooth = feed.scale(smooth, scales);
      }
      GoldenBlock.same(smooth.layer(Role.Q).weight(), "smooth/q.weight", 1e-5);
      NDArray y = W8A8.of(smooth.layer(Role.Q)).forward(input(model, smooth, x, Role.Q));
      GoldenBlock.same(Int8.flat(y), "smooth/q.output", 2e-3);
    }
  }

  private static NDArray input(Llm model, Block block, NDArray x, Role role) {
    List<NDArray> seen = new ArrayList<>();
    Pass pass = model.pass((int) x.getShape().get(1));
    block.forward(x, pass, (layer, input) -> {
      if (layer.equals(block.name(role))) {
        seen.add(Scope.free(input.duplicate()));
      }
    });
    return seen.get(0);
  }
}
