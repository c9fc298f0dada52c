package secateur.measure;

import secateur.model.Linear;
import secateur.model.Llm;

/**
 * Floating-point operations of the forward pass of one token: 2 for each weight of a matrix product, and
 * 4 × blocks × context × attention width for scores and values.
 *
 * @param executed what dense kernels carry out
 * @param needed what would do if zeros were skipped
 */
public record Flops(double executed, double needed) {

  /** FLOPs of {@code model} per token, with {@code context} tokens to attend to. */
  public static Flops of(Llm model, Size size, int context) {
    double attention = 4.0 * context * model.blocks().stream().mapToLong(block -> (long) block.heads().queries() * block.heads().size()).sum();
    Linear head = model.head();
    double fixed = attention + 2.0 * head.size();
    return new Flops(fixed + 2.0 * size.weights(), fixed + 2.0 * size.nonZeros());
  }
}
