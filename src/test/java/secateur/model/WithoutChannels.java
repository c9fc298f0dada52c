package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import secateur.spec.Role;
import secateur.spec.Wiring;

/**
 * A whole model in which channels of the residual stream are zero: nothing writes them. For layer norms, what is written is
 * centred over the other channels, so that the mean over all channels is the mean over those: a layer norm subtracts it anyhow.
 */
final class WithoutChannels {

  private final NDArray mask; // (D)
  private final float share;
  private final boolean centre;

  private WithoutChannels(Llm model, int[] kept) {
    float[] ones = new float[model.spec().sizes().hidden()];
    for (int channel : kept) {
      ones[channel] = 1;
    }
    this.mask = model.others().get(0).getManager().create(ones);
    this.share = (float) kept.length / ones.length;
    this.centre = !model.spec().rmsNorm();
  }

  /** Whether all that is written can be centred: not where a layer norm itself writes. */
  static boolean isExact(Llm model) {
    return model.spec().rmsNorm() || model.spec().wiring() != Wiring.POST && !model.ends().norms().containsKey("embedNorm");
  }

  static Llm of(Llm model, int[] kept) {
    WithoutChannels without = new WithoutChannels(model, kept);
    List<Block> blocks = new ArrayList<>();
    for (Block block : model.blocks()) {
      Map<Role, Linear> changed = new EnumMap<>(Role.class);
      for (Role role : List.of(Role.O, Role.DOWN)) {
        Dense layer = (Dense) block.layer(role);
        NDArray bias = layer.bias() == null ? null : without.written(layer.bias());
        changed.put(role, new Dense(without.written(layer.matrix().transpose()).transpose(), bias, layer.stored()));
      }
      Map<Role, Linear> layers = new EnumMap<>(Role.class);
      block.roles().forEach(role -> layers.put(role, changed.getOrDefault(role, block.layer(role))));
      Map<String, Norm> norms = new HashMap<>(block.norms());
      norms.replaceAll((part, norm) -> Block.STREAM.contains(part) ? without.silent(norm) : norm);
      blocks.add(new Block(model.spec(), block.index(), layers, norms));
    }
    return model.with(model.spec(), without.ends(model), blocks);
  }

  private Ends ends(Llm model) {
    Ends ends = model.ends();
    Map<String, Linear> layers = new HashMap<>(ends.layers());
    Map<String, NDArray> tables = new HashMap<>(ends.tables());
    Map<NDArray, NDArray> copies = new IdentityHashMap<>();
    UnaryOperator<NDArray> written = table -> copies.computeIfAbsent(table, this::written);
    if (layers.containsKey("projectIn")) {
      return ends; // never exact
    }
    tables.replaceAll((part, table) -> written.apply(table));
    Dense head = (Dense) layers.get("head");
    layers.put("head", new Dense(head.matrix().mul(mask), head.bias(), head.stored()));
    Map<String, Norm> norms = new HashMap<>(ends.norms());
    norms.replaceAll((part, norm) -> silent(norm));
    return new Ends(tables, norms, layers);
  }

  /** Nothing comes out of the channels that are gone; eps adds for those that are there. */
  private Norm silent(Norm norm) {
    return new Norm(norm.weight(), norm.bias() == null ? null : norm.bias().mul(mask), norm.eps().mul(share));
  }

  /** (…, D) with zeros in the channels that are gone, and centred over the others where norms centre. */
  private NDArray written(NDArray x) {
    NDArray masked = x.mul(mask);
    if (!centre) {
      return masked;
    }
    NDArray mean = masked.mean(new int[] {masked.getShape().dimension() - 1}, true).div(share);
    return masked.sub(mean.mul(mask.reshape(new Shape(mask.size()))));
  }
}
