package secateur.tensor;

/**
 * Whether this process has an operator that not every PyTorch has, found out by trying it once.
 *
 * @param <T> what runs it
 */
public sealed interface Probed<T> {

  /** It gives the right product. */
  record Present<T>(T operator) implements Probed<T> {}

  /**
   * It cannot be used.
   *
   * @param reason names the operator and what it said
   */
  record Absent<T>(String reason) implements Probed<T> {}

  /** {@code "there"}, or why it is not. */
  default String describe() {
    return this instanceof Absent<T> absent ? absent.reason() : "there";
  }
}
