package secateur.prune;

import ai.djl.ndarray.NDArray;
import secateur.model.Adapted;
import secateur.model.AdaptedUnderMask;
import secateur.model.Gated;
import secateur.model.Groups;
import secateur.model.Linear;
import secateur.model.Llm;

/**
 * The importance of weights, from the gradients of LoRA's matrices alone (Zhang et al., LoRAPrune, arXiv 2305.18403):
 * I = [(dB A + B dA - dB dA) ∘ (W + s B A)]^2, where dA and dB are what a step of rate 1 would take away.
 */
final class LoraImportance {

  private LoraImportance() {}

  /** Of each output or input that {@code member} names, after a backward pass through {@code open}; null where the layer has no LoRA. */
  static NDArray of(Llm open, Groups.Member member) {
    Adapted adapted = adapted(open.layer(member.layer()));
    return adapted == null ? null : of(adapted).sum(new int[] {member.outputs() ? 1 : 0});
  }

  /** I (out, in). */
  static NDArray of(Adapted layer) {
    NDArray a = layer.a().stopGradient();
    NDArray b = layer.b().stopGradient();
    NDArray da = layer.a().getGradient();
    NDArray db = layer.b().getGradient();
    NDArray g = db.matMul(a).add(b.matMul(da)).sub(db.matMul(da));
    return g.mul(layer.weight()).square();
  }

  private static Adapted adapted(Linear layer) {
    Linear inner = layer instanceof Gated gated ? gated.base() : layer;
    return inner instanceof AdaptedUnderMask masked ? masked.adapted() : inner instanceof Adapted adapted ? adapted : null;
  }
}
