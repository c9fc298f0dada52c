package secateur.method;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import secateur.calibrate.WeightGradients;
import secateur.model.Groups;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * About how much the loss changes when weights become zero (Ma et al., LLM-Pruner, arXiv 2305.11627, eq. 3 to 6), by the
 * gradient g of the loss of a few samples and, for the second order, the mean square of the samples' gradients in place of
 * the Hessian's diagonal.
 *
 * @param order of the series
 * @param aggregation of the weights of an output or input
 * @param count how many samples, spread evenly over the calibration text
 * @param tokens of each sample, its first
 */
public record Taylor(Order order, Aggregation aggregation, int count, int tokens) implements Importance {

  /** How far the series goes. */
  public enum Order {
    /** |w g|. */
    FIRST,
    /** |w^2 H|. */
    SECOND,
    /** |w g - w^2 H / 2|. */
    MIXED
  }

  /** Where the magnitude is taken. */
  public enum Aggregation {
    /** Of every weight. */
    ELEMENT,
    /** Of the sum over an output's or input's weights. */
    VECTOR
  }

  /** As the authors' script has it: first order, element by element, 10 samples of 64 tokens. */
  static final Taylor FIRST = new Taylor(Order.FIRST, Aggregation.ELEMENT, 10, 64);

  /** Refuses samples without a token to predict. */
  public Taylor {
    if (count < 1 || tokens < 2) {
      throw new IllegalArgumentException(count + " samples of " + tokens + " tokens; at least 1 of at least 2 is needed");
    }
  }

  /** By the second order alone. */
  public Taylor second() {
    return new Taylor(Order.SECOND, aggregation, count, tokens);
  }

  /** By both orders. */
  public Taylor mixed() {
    return new Taylor(Order.MIXED, aggregation, count, tokens);
  }

  /** With the magnitude taken of sums, not of single weights. */
  public Taylor vector() {
    return new Taylor(order, Aggregation.VECTOR, count, tokens);
  }

  /** With gradients of {@code samples} samples of {@code length} tokens. */
  public Taylor samples(int samples, int length) {
    return new Taylor(order, aggregation, samples, length);
  }

  @Override
  public Units of(Llm model, Windows text) {
    WeightGradients gradients = WeightGradients.of(model, cut(text.ids(model.tokenizerOrNull())), order != Order.FIRST);
    return new Units() {
      @Override
      public NDArray of(Groups.Member member) {
        return sum(change(model.layer(member.layer()), gradients, member.layer()), member.outputs() ? 1 : 0);
      }

      @Override
      public void close() {
        gradients.close();
      }
    };
  }

  /** Of each weight, (out, in). */
  private NDArray change(Linear layer, WeightGradients gradients, String name) {
    NDArray w = layer.weight();
    NDArray g = gradients.first(name);
    return switch (order) {
      case FIRST -> w.mul(g);
      case SECOND -> w.square().mul(gradients.second(name));
      case MIXED -> w.mul(g).sub(w.square().mul(gradients.second(name)).div(2));
    };
  }

  private NDArray sum(NDArray change, int axis) {
    int[] along = {axis};
    return aggregation == Aggregation.VECTOR ? change.sum(along).abs() : change.abs().sum(along);
  }

  private long[][] cut(long[][] ids) {
    int some = Math.min(count, ids.length);
    long[][] samples = new long[some][];
    Arrays.setAll(samples, i -> Arrays.copyOf(ids[(int) ((long) i * ids.length / some)], Math.min(tokens, ids[0].length)));
    return samples;
  }

  /** Weights in float32, their gradients and what is summed of them; forward and backward through all samples. */
  @Override
  public Cost cost(Llm model, Windows text) {
    long weights = model.layers().values().stream().mapToLong(Linear::size).sum();
    return new Cost((order == Order.FIRST ? 3 : 4) * Float.BYTES * weights, 6.0 * weights * count * tokens);
  }

  @Override
  public String toString() {
    return "Taylor" + (order == Order.FIRST ? "" : " " + order.name().toLowerCase(java.util.Locale.ROOT))
        + (aggregation == Aggregation.VECTOR ? " vector" : "");
  }
}
