package secateur.quantize;

import secateur.method.DataFree;
import secateur.method.Tuning;
import secateur.train.Adapter;
import secateur.train.Lora;

/**
 * LoRA on a quantized base (Dettmers et al., arXiv 2305.14314): r 64, alpha 16, dropout 0.1 on all linear layers of the
 * blocks. The base stays packed and is dequantized block by block, forward and again backward; the optimizer's moments
 * are paged to the host. The result holds
 * {@link secateur.model.Adapted} layers over the packed base; {@link secateur.train.Adapters#merge} refuses them, since the
 * sum does not lie on the grid.
 *
 * @param rounding makes the base, {@link Nf4} unless another is named; layers that are quantized already stay
 * @param lora the adapter
 * @param tuning how it trains
 */
public record QLora(DataFree rounding, Lora lora, Tuning tuning) implements OnRounded<QLora> {

  private static final double RATE = 2e-4;
  private static final double CLIP = 0.3;

  /** {@code steps} of 8 windows on {@code rounding}'s base. */
  public QLora(DataFree rounding, int steps) {
    this(rounding, new Lora(64).alpha(16).dropout(0.1), Tuning.of(steps, RATE, CLIP).recomputed().paged()); // the authors' 7B script
  }

  /** {@code steps} of 8 windows on 4-bit NormalFloat with double quantization. */
  public QLora(int steps) {
    this(new Nf4(), steps);
  }

  /** With another adapter. */
  public QLora lora(Lora other) {
    return new QLora(rounding, other, tuning);
  }

  /** On {@code other}'s base. */
  public QLora base(DataFree other) {
    return new QLora(other, lora, tuning);
  }

  @Override
  public QLora tuning(Tuning other) {
    return new QLora(rounding, lora, other);
  }

  @Override
  public Adapter adapter() {
    return lora;
  }

  @Override
  public String toString() {
    return "QLoRA r" + lora.rank() + " on " + rounding + " " + tuning;
  }
}
