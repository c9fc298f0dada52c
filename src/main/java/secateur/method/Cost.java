package secateur.method;

import java.util.List;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Devices;
import secateur.text.Windows;

/**
 * What applying a method takes, estimated from shapes before it begins.
 *
 * @param bytes at the peak, where the model computes, beside the model that it is applied to
 * @param flops floating-point operations
 */
public record Cost(long bytes, double flops) {

  private static final int FLOAT32 = 4;
  private static final int WORKING_COPIES = 5;
  private static final int BATCH = 8;

  /** This, then {@code next}. */
  public Cost then(Cost next) {
    return new Cost(Math.max(bytes, next.bytes), flops + next.flops);
  }

  /** This and {@code more} at the same time. */
  public Cost with(Cost more) {
    return new Cost(bytes + more.bytes, flops + more.flops);
  }

  /** All layers of {@code model} anew, and working copies of the largest. */
  public static Cost weights(Llm model) {
    long all = model.layers().values().stream().mapToLong(Linear::size).sum();
    long largest = model.layers().values().stream().mapToLong(Linear::size).max().orElse(0);
    return new Cost(all * element() + WORKING_COPIES * FLOAT32 * largest, 10.0 * all);
  }

  /** {@code text} run once through {@code model}. */
  public static Cost forward(Llm model, Windows text) {
    return passes(model, text, 1, BATCH);
  }

  /** {@code text} run block by block through {@code model}, {@code passes} times each, {@code batch} windows at a time. */
  public static Cost passes(Llm model, Windows text, int passes, int batch) {
    long[][] ids = text.ids(model.tokenizerOrNull());
    long tokens = (long) ids.length * ids[0].length;
    long together = (long) Math.min(batch, ids.length) * ids[0].length;
    long widths = model.blocks().get(0).roles().stream().mapToLong(role -> model.blocks().get(0).layer(role).rows()).sum();
    long weights = model.layers().values().stream().mapToLong(Linear::size).sum();
    double attention = 2.0 * ids[0].length
        * model.blocks().stream().mapToLong(block -> (long) block.heads().queries() * block.heads().size()).sum();
    return new Cost((tokens * model.spec().sizes().hidden() + 2 * together * widths) * element(),
        passes * tokens * (2.0 * weights + attention));
  }

  /** The Hessians of a block's inputs, and the loop over their columns. */
  static Cost columns(Llm model, Windows text) {
    long[][] ids = text.ids(model.tokenizerOrNull());
    double tokens = (double) ids.length * ids[0].length;
    return model.blocks().stream().map(block -> columns(block, tokens)).reduce(new Cost(0, 0), Cost::then);
  }

  private static Cost columns(Block block, double tokens) {
    long hessians = 0;
    long largest = 0;
    double flops = 0;
    for (List<Role> group : block.inputs()) {
      long in = block.layer(group.get(0)).columns();
      long rows = group.stream().mapToLong(role -> block.layer(role).rows()).sum();
      hessians += in * in;
      largest = Math.max(largest, 3 * in * in + WORKING_COPIES * rows * in);
      flops += 2 * tokens * in * in + 2.0 * in * in * in + (double) rows * in * in;
    }
    return new Cost(FLOAT32 * (hessians + largest), flops);
  }

  private static int element() {
    return Devices.activations().getNumOfBytes();
  }
}
