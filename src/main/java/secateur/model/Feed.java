package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import secateur.spec.Activation;
import secateur.spec.Role;
import secateur.spec.Wiring;
import secateur.tensor.Devices;

/**
 * All layers of a block that read one vector, and what writes it. A feature divided by a number where it is written and
 * multiplied by it in the weights that read it leaves the block's function as it is (Xiao et al., arXiv 2211.10438).
 *
 * @param writer what writes the vector
 * @param readers what reads it, in the order of the forward pass
 */
public record Feed(Writer writer, List<Role> readers) {

  /** What writes a vector that linear layers read. */
  public sealed interface Writer {

    /** {@code block} with all that this writes divided by {@code scales} (D). */
    Block divided(Block block, NDArray scales);
  }

  /** The norm named {@code part}. */
  public record OfNorm(String part) implements Writer {

    @Override
    public Block divided(Block block, NDArray scales) {
      return block.with(part, block.norms().get(part).divided(scales));
    }
  }

  /** The layer that does {@code role}, with nothing behind it that a positive factor does not pass. */
  public record OfLayer(Role role) implements Writer {

    @Override
    public Block divided(Block block, NDArray scales) {
      Linear layer = block.layer(role);
      NDArray bias = layer.bias();
      return block.with(Map.of(role, dense(layer, layer.weight().div(scales.expandDims(1)),
          bias == null ? null : bias.div(scales).toType(layer.stored(), false).toType(bias.getDataType(), false))));
    }
  }

  /** The feeds of {@code block}, in the order of the forward pass. */
  static List<Feed> of(Block block, Wiring wiring, Activation activation) {
    List<Role> attention = present(block, Role.Q, Role.K, Role.V, Role.QKV);
    List<Role> mlp = present(block, Role.GATE, Role.UP);
    List<Feed> feeds = new ArrayList<>();
    if (wiring == Wiring.PARALLEL && !block.norms().containsKey("norm2")) {
      feeds.add(new Feed(new OfNorm("norm1"), Stream.concat(attention.stream(), mlp.stream()).toList()));
    } else if (wiring != Wiring.POST) {
      feeds.add(new Feed(new OfNorm("norm1"), attention));
      feeds.add(new Feed(new OfNorm("norm2"), mlp));
    }
    if (block.roles().contains(Role.V) && block.layer(Role.V).rows() == block.layer(Role.O).columns()) {
      feeds.add(new Feed(new OfLayer(Role.V), List.of(Role.O)));
    }
    if (block.roles().contains(Role.GATE) || activation == Activation.RELU) {
      feeds.add(new Feed(new OfLayer(Role.UP), List.of(Role.DOWN)));
    }
    return feeds;
  }

  private static List<Role> present(Block block, Role... roles) {
    return Stream.of(roles).filter(block.roles()::contains).toList();
  }

  /** {@code block} with the features divided by {@code scales}, positive numbers (D), and the readers' weights multiplied. */
  public Block scale(Block block, NDArray scales) {
    Map<Role, Linear> changed = new EnumMap<>(Role.class);
    for (Role role : readers) {
      Linear layer = block.layer(role);
      changed.put(role, dense(layer, layer.weight().mul(scales), layer.bias()));
    }
    return writer.divided(block.with(changed), scales);
  }

  private static Dense dense(Linear layer, NDArray weight, NDArray bias) {
    return new Dense(weight.toType(Devices.activations(), false), bias, layer.stored());
  }
}
