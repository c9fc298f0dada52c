package secateur.course;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares an answer with the right one, and with wrong ones that have a name. In a test cell of an exercise:
 *
 * <pre>{@code
 * Check.of("score(w, x)", score(w, x))
 *     .mistake(w.abs(), "this is |W| alone: the norm of the inputs is missing")
 *     .expect(w.abs().mul(norm));
 * }</pre>
 *
 * The right value is never printed.
 *
 * @param <T> {@link NDArray}, compared number by number; a {@link Number}; or what has an {@code equals}
 */
public final class Check<T> {

  private record Mistake<T>(T value, String hint) {}

  private final String what;
  private final T answer;
  private final List<Mistake<T>> mistakes = new ArrayList<>();
  private double tolerance = 1e-4;

  private Check(String what, T answer) {
    this.what = what;
    this.answer = answer;
  }

  /** Begins to check {@code answer}, which sentences call {@code what}; null is an answer that is not there. */
  public static <T> Check<T> of(String what, T answer) {
    return new Check<>(what, answer);
  }

  /**
   * Asks for a property.
   *
   * @param hint what is wrong where it does not hold, one sentence
   * @throws NotYet if it does not hold
   */
  public static void that(boolean holds, String hint) {
    if (!holds) {
      throw new NotYet(hint);
    }
  }

  /** How far numbers may be from the right ones, as a share of the largest right one; 1e-4 unless told. */
  public Check<T> within(double share) {
    tolerance = share;
    return this;
  }

  /**
   * Names a mistake.
   *
   * @param wrong what the answer is where this mistake was made
   * @param hint one sentence that says so
   */
  public Check<T> mistake(T wrong, String hint) {
    mistakes.add(new Mistake<>(wrong, hint));
    return this;
  }

  /**
   * Asks for the right answer.
   *
   * @throws NotYet with the hint of the first mistake that gives this answer, or with what differs
   */
  public void expect(T right) {
    if (answer == null) {
      throw new NotYet(what + " is null: nothing was returned");
    }
    Optional<String> difference = Difference.between(answer, right, tolerance);
    if (difference.isEmpty()) {
      return;
    }
    throw new NotYet(mistakes.stream().filter(mistake -> Difference.between(answer, mistake.value(), tolerance).isEmpty())
        .map(Mistake::hint).findFirst().orElse(what + " " + difference.get()));
  }
}
