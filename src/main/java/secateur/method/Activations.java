package secateur.method;

import ai.djl.ndarray.NDArray;
import secateur.calibrate.InputSize;
import secateur.calibrate.Observed;
import secateur.model.Block;
import secateur.model.Groups;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.text.Windows;

/**
 * How large what passes through a group is, a mean over tokens (Muralidharan et al., Minitron, arXiv 2407.14679, section 2.2):
 * |activation| of a neuron and of a channel after a norm, the Euclidean norm of a head's output.
 */
record Activations() implements Importance {

  @Override
  public Units of(Llm model, Windows text) {
    Observed<InputSize> seen = Observed.of(model, text, Activations::observe);
    return new Units() {
      @Override
      public NDArray of(Groups.Member member) {
        InputSize size = member.outputs() ? null : seen.of(member.layer());
        return size == null ? null : size.shares();
      }

      @Override
      public void close() {
        seen.close();
      }
    };
  }

  private static InputSize observe(Block block, Role role) {
    return new InputSize(role == Role.O ? block.heads().size() : 1);
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return Cost.forward(model, text);
  }

  @Override
  public String toString() {
    return "activation";
  }
}
