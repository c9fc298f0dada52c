package secateur.model;

import ai.djl.ndarray.NDArray;
import secateur.spec.Activation;
import secateur.spec.Role;
import secateur.tensor.Nn;

/** The MLP of one block, gated where it has a gate. */
final class Mlp {

  private final Block block;
  private final Activation activation;

  Mlp(Block block, Activation activation) {
    this.block = block;
    this.activation = activation;
  }

  /** x (B, T, hidden), already normalized; the result is what is added to the residual stream. */
  NDArray forward(NDArray x, Tap tap) {
    boolean gated = block.roles().contains(Role.GATE);
    tap.see(block.name(gated ? Role.GATE : Role.UP), x);
    NDArray up = block.layer(Role.UP).forward(x);
    NDArray inner = gated ? activate(block.layer(Role.GATE).forward(x)).mul(up) : activate(up);
    tap.see(block.name(Role.DOWN), inner);
    return block.layer(Role.DOWN).forward(inner);
  }

  private NDArray activate(NDArray x) {
    return switch (activation) {
      case SILU -> Nn.silu(x);
      case GELU -> Nn.gelu(x);
      case GELU_TANH -> Nn.geluTanh(x);
      case RELU -> Nn.relu(x);
    };
  }
}
