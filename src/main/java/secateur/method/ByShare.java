package secateur.method;

/**
 * A family of methods that differ in the share they remove: a constructor such as {@code Wanda::new}, or
 * {@code share -> new Wanda(share).then(new Gptq(4))}.
 *
 * @param <M> what they are
 */
@FunctionalInterface
public interface ByShare<M extends Method> {

  /** The method that removes {@code share}, from 0 to 1. */
  M of(double share);

  /** What its methods' labels have in common. */
  default String label() {
    return of(0.5).toString().replace(" 50%", "");
  }
}
