package secateur.train;

import java.util.stream.LongStream;
import secateur.model.Block;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.tensor.Devices;
import secateur.tensor.Memory;

/**
 * What a training takes, estimated from shapes before it begins.
 *
 * @param bytes at the peak, where the model computes, beside the model
 * @param host bytes on the host, where the model computes elsewhere
 * @param flops floating-point operations
 */
public record Demand(long bytes, long host, double flops) {

  private static final int FLOAT32 = 4;
  private static final int STATES = 2; // weight, gradient
  private static final int MOMENTS = 2;
  private static final int LOGITS = 3; // logits, their logarithms, their gradient
  private static final int STREAMS = 6; // sums and norms of a block, of the width of the residual stream

  /** Of {@code trainer} with {@code adapter} on {@code model}; an error where the adapter does not suit the model. */
  static Demand of(Trainer<?> trainer, Llm model, Adapter adapter) {
    boolean kept = trainer.recipe().activations() == Activations.KEPT;
    long trained = adapter.parameters(model);
    long weights = model.layers().values().stream().mapToLong(Linear::size).sum() + model.head().size();
    long[] blocks = model.blocks().stream().mapToLong(block -> block(block, model, trainer.data().tokens())).toArray();
    long stream = FLOAT32 * trainer.data().tokens() * model.spec().sizes().hidden();
    long activations = kept ? LongStream.of(blocks).sum() : LongStream.of(blocks).max().orElse(0) + blocks.length * stream;
    long logits = LOGITS * FLOAT32 * trainer.data().tokens() * model.head().rows();
    double tokens = (double) trainer.data().tokens() * trainer.recipe().accumulate() * trainer.recipe().schedule().steps();
    long moments = MOMENTS * FLOAT32 * trained;
    long host = trainer.recipe().optimizer().moments() == Moments.PAGED && Devices.current().isGpu() ? moments : 0;
    return new Demand(STATES * FLOAT32 * trained + moments - host + activations + logits, host,
        tokens * ((kept ? 4.0 : 6.0) * weights + 2.0 * trained));
  }

  /** Refuses {@code what} where it cannot fit. */
  void check(String what) {
    Memory.check(what, bytes);
    Memory.checkHost(what, host);
  }

  /** What the backward pass of a block needs: what goes in and comes out of its layers, on a GPU also their weights in bfloat16. */
  private static long block(Block block, Llm model, long tokens) {
    long widths = STREAMS * model.spec().sizes().hidden();
    long rounded = 0;
    for (Role role : block.roles()) {
      widths += block.layer(role).rows() + block.layer(role).columns();
      rounded += Devices.current().isGpu() ? 2 * block.layer(role).size() : 0;
    }
    return FLOAT32 * tokens * widths + rounded;
  }
}
