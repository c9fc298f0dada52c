package secateur.method;

import ai.djl.ndarray.NDArray;
import secateur.model.Groups;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * How much groups of a model matter: what {@link Structural} methods rank them by. The importance of a group is the sum over
 * the outputs and inputs of the layers that belong to it.
 */
@FunctionalInterface
public interface Importance {

  /** What was found out about one model; closed when no more is asked. */
  interface Units extends AutoCloseable {

    /** The importance of every output or input of the layer that {@code member} names, (out) or (in); null where it does not count. */
    NDArray of(Groups.Member member);

    /** Of each group (G), in the caller's {@link secateur.tensor.Scope}. */
    default NDArray of(Groups groups) {
      return groups.sum(this::of);
    }

    @Override
    default void close() {}
  }

  /** Looks at {@code model}, and at {@code text} where data is needed. */
  Units of(Llm model, Windows text);

  /** About what {@link #of} takes. */
  default Cost cost(Llm model, Windows text) {
    return new Cost(0, 0);
  }

  /** The sum of the weights' magnitudes. */
  static Importance l1() {
    return new WeightNorm(1);
  }

  /** The sum of the weights' squares, in the order of their Euclidean norm. */
  static Importance l2() {
    return new WeightNorm(2);
  }

  /** The size of the activations (Muralidharan et al., arXiv 2407.14679). */
  static Importance activation() {
    return new Activations();
  }

  /** What removal changes the loss by, to first order. */
  static Taylor taylor() {
    return Taylor.FIRST;
  }

  /** Chance: what every importance must beat. */
  static Importance random(long seed) {
    return new Chance(seed);
  }
}
