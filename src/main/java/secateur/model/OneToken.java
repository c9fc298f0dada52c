package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import secateur.spec.Activation;
import secateur.spec.CacheForm;
import secateur.spec.Fusion;
import secateur.spec.Position;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.spec.Wiring;
import secateur.tensor.Devices;
import secateur.tensor.Probed;
import secateur.tensor.Step;
import secateur.tensor.Step.Operands;
import secateur.tensor.Step.Parts;

/** The blocks of a model of LLaMA's form whose layers are plain or packed, each run over one token in one call: {@link Step}. */
final class OneToken {

  private static final List<Role> ROLES = List.of(Role.Q, Role.K, Role.V, Role.O, Role.GATE, Role.UP, Role.DOWN);

  private final Step step;
  private final List<Parts> blocks;
  private final int headSize;
  private final boolean packed;

  private OneToken(Step step, List<Parts> blocks, int headSize) {
    this.step = step;
    this.blocks = blocks;
    this.headSize = headSize;
    this.packed = blocks.stream().flatMap(parts -> parts.layers().stream()).anyMatch(layer -> layer.scales() != null);
  }

  /** Empty where {@code model} has another form, or PyTorch lacks an operator. */
  static Optional<OneToken> of(Llm model) {
    Spec spec = model.spec();
    if (!fits(spec) || !(Step.probed() instanceof Probed.Present<Step> present)) {
      return Optional.empty();
    }
    List<Parts> all = model.blocks().stream().flatMap(block -> parts(block).stream()).toList();
    return all.size() == model.blocks().size() ? Optional.of(new OneToken(present.operator(), all, spec.heads().size())) : Optional.empty();
  }

  private static boolean fits(Spec spec) {
    return spec.wiring() == Wiring.PRE && spec.fusion() == Fusion.NONE && spec.activation() == Activation.SILU
        && spec.position() instanceof Position.Rope && spec.cache() instanceof CacheForm.Exact;
  }

  private static Optional<Parts> parts(Block block) {
    if (!block.norms().keySet().equals(Set.copyOf(Block.STREAM)) || block.norms().values().stream().anyMatch(norm -> norm.bias() != null)) {
      return Optional.empty();
    }
    List<Operands> layers = ROLES.stream().flatMap(role -> Stream.ofNullable(block.layer(role)))
        .flatMap(layer -> layer.operands().stream()).toList();
    Norm first = block.norms().get("norm1");
    return layers.size() == ROLES.size() ? Optional.of(new Parts(first.weight(), block.norms().get("norm2").weight(), layers, first.eps())) : Optional.empty();
  }

  /** Whether {@code pass} is one token after others, with nothing added to its scores. */
  boolean takes(Pass pass) {
    return pass.from() > 0 && pass.count() == 1 && IntStream.range(0, blocks.size()).allMatch(block -> pass.mask(block) == null);
  }

  /** The residual stream after the last block, for {@code x} (B, 1, hidden) before the first and in its type. */
  NDArray forward(NDArray x, Pass pass, Cache cache) {
    NDArray rotation = step.rotation(pass.cos(), pass.sin(), headSize, packed);
    NDArray stream = x;
    for (int block = 0; block < blocks.size(); block++) {
      Cache.KeyValues before = cache.exact(block);
      Step.After after = step.block(stream, blocks.get(block), rotation, before.keys(), before.values());
      cache.replace(block, after.keys(), after.values());
      stream = after.x();
    }
    return stream.toType(Devices.activations(), false);
  }
}
