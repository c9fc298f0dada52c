package secateur.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What checks let pass, and what they say. */
class CheckTest {

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray array(float... numbers) {
    return manager.create(numbers, new Shape(2, numbers.length / 2));
  }

  @Test
  void theRightAnswerPassesEvenWhereAMistakeGivesIt() {
    assertThatCode(() -> Check.of("x", array(1, 2, 3, 4)).mistake(array(1, 2, 3, 4), "no").expect(array(1, 2, 3, 4.0003f))).doesNotThrowAnyException();
    assertThatCode(() -> Check.of("x", 5.0).within(0.01).expect(5.04)).doesNotThrowAnyException();
    assertThatCode(() -> Check.of("x", "a").expect("a")).doesNotThrowAnyException();
    assertThatCode(() -> Check.that(true, "no")).doesNotThrowAnyException();
  }

  @Test
  void aKnownMistakeIsNamed() {
    assertThatThrownBy(() -> Check.of("x", array(2, 2, 3, 4)).mistake(array(7, 7, 7, 7), "seven").mistake(array(2, 2, 3, 4), "that is two").expect(array(1, 2, 3, 4)))
        .isInstanceOf(NotYet.class).hasMessage("that is two");
    assertThatThrownBy(() -> Check.of("x", 1).mistake(1, "one").expect(2)).hasMessage("one");
  }

  @Test
  void anUnknownOneIsDescribedWithoutTheSolution() {
    assertThatThrownBy(() -> Check.of("the score", array(1, 2, 9, 4)).expect(array(1, 2, 3, 4)))
        .hasMessage("the score has 1 of 4 numbers that are not right, the first at [1, 0]: 9.0");
    assertThatThrownBy(() -> Check.of("the score", array(1, 2)).expect(array(1, 2, 3, 4)))
        .hasMessage("the score has the shape (2, 1), expected is (2, 2)");
    assertThatThrownBy(() -> Check.of("the loss", 1.5).expect(1.25)).hasMessage("the loss is 1.5, which is too large");
    assertThatThrownBy(() -> Check.of("the count", 63).expect(64)).hasMessage("the count is 63, which is too small");
    assertThatThrownBy(() -> Check.of("the loss", Double.NaN).expect(1.25)).hasMessage("the loss is NaN, which is no number");
    assertThatThrownBy(() -> Check.of("the score", (NDArray) null).expect(array(1, 2))).hasMessage("the score is null: nothing was returned");
    assertThatThrownBy(() -> Check.of("the word", "b").expect("a")).hasMessage("the word is b, which is not right");
  }

  @Test
  void infinitiesAndNotANumberAreNumbersOfTheirOwn() {
    float inf = Float.POSITIVE_INFINITY;
    assertThatCode(() -> Check.of("x", array(inf, 1)).expect(array(inf, 1))).doesNotThrowAnyException();
    assertThat(Difference.between(array(Float.NaN, 1), array(0, 1), 1e-4)).isPresent();
    assertThat(Difference.between(array(1, 1), array(inf, 1), 1e-4)).isPresent();
  }
}
