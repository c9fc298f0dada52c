package secateur.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;
import java.util.List;
import secateur.tensor.Probed.Absent;
import secateur.tensor.Probed.Present;

/**
 * One token through a block of LLaMA's form, in one call: an RMS norm, q, k, v, rotary attention, o, another norm, a SiLU-gated MLP.
 * Sources in {@code step.py}, loaded when they are first asked for.
 */
public final class Step {

  private static final ByDevice<Probed<Step>> PROBED = new ByDevice<>(Step::probe);

  /**
   * What a product is computed with.
   *
   * @param weight (out, in), or codes as {@link WeightOnly} lays them out
   * @param scales of the codes, or null
   * @param bias (out), or null
   */
  public record Operands(NDArray weight, NDArray scales, NDArray bias) {}

  /**
   * What a block has.
   *
   * @param norm1 and {@code norm2}, float32 (hidden)
   * @param layers q, k, v, o, gate, up, down
   * @param eps scalar on the host
   */
  public record Parts(NDArray norm1, NDArray norm2, List<Operands> layers, NDArray eps) {

    private static final int ATTENTION = 4;

    private NDList with(NDArray x, NDArray none) {
      NDList inputs = new NDList(x, norm1);
      layers.subList(0, ATTENTION).forEach(layer -> add(inputs, layer, none));
      inputs.add(norm2);
      layers.subList(ATTENTION, layers.size()).forEach(layer -> add(inputs, layer, none));
      return inputs;
    }

    private static void add(NDList inputs, Operands layer, NDArray none) {
      inputs.add(layer.weight);
      inputs.add(layer.scales == null ? none : layer.scales);
      inputs.add(layer.bias == null ? none : layer.bias);
    }
  }

  /**
   * What comes out.
   *
   * @param x the residual stream, float32 (B, 1, hidden)
   * @param keys and {@code values} (B, K, S + 1, D), on a GPU in bfloat16 where layers are packed, which DJL has no name for
   */
  public record After(NDArray x, NDArray keys, NDArray values) {}

  private final Script script;
  private final NDArray none;

  private Step(Script script) {
    this.script = script;
    this.none = Scope.outside(() -> Devices.manager().create(new Shape(0)));
  }

  /** Whether this PyTorch has every operator that a step may need. */
  public static Probed<Step> probed() {
    return PROBED.here();
  }

  private static Probed<Step> probe() {
    try {
      return new Present<>(new Step(Script.of("step")));
    } catch (EngineException | UncheckedIOException e) {
      return new Absent<>("a block in one call: " + e.getMessage());
    }
  }

  /**
   * The matrix that turns heads of {@code size} by {@code cos} and {@code sin} (1, R).
   *
   * @param packed whether any layer has codes; on a GPU all is computed in bfloat16 then
   */
  public NDArray rotation(NDArray cos, NDArray sin, long size, boolean packed) {
    NDArray like = Devices.manager().zeros(new Shape(size), Devices.activations());
    return script.call("rotation", cos, sin, packed && Devices.current().isGpu() ? script.call("bfloat16_like", like) : like);
  }

  /** {@code x} (B, 1, hidden) through the block that has {@code parts}, after {@code keys} and {@code values} (B, K, S, D). */
  public After block(NDArray x, Parts parts, NDArray rotation, NDArray keys, NDArray values) {
    NDList inputs = parts.with(x, none);
    inputs.addAll(List.of(rotation, parts.eps, keys, values));
    NDList outputs = script.all("llama", inputs.toArray(NDArray[]::new));
    return new After(outputs.get(0), outputs.get(1), outputs.get(2));
  }
}
