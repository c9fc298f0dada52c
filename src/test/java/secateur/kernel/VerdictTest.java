package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static secateur.course.Exercises.solution;
import static secateur.course.Exercises.test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.course.Task;

/** What %%check says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerdictTest {

  private final Evaluator evaluator = new Evaluator(System.getProperty("java.class.path"), call -> "");

  private final Task task = new Task(solution("doubled", ""), List.of(
      test("doubled-sign", 2, "secateur.course.Check.that(doubled(-3) < 0, \"the sign is lost\");"),
      test("doubled-value", 3, "secateur.course.Check.of(\"doubled(21)\", doubled(21)).mistake(441, \"that is the square\").expect(42);")));

  @AfterEach
  void forget() {
    evaluator.forget(7);
  }

  @AfterAll
  void close() {
    evaluator.close();
  }

  private Verdict verdict(String answer) {
    evaluator.evaluate(answer, 7);
    return TaskTests.run(task, evaluator);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "return 2 * x; | 5 | Right. All tests of doubled pass. (5 of 5 points)",
      "return x * Math.abs(x); | 2 | Not yet: that is the square. (2 of 5 points)",
      "return x * x; | 0 | Not yet: the sign is lost. (0 of 5 points)",
      "return 3 * x; | 2 | Not yet: doubled(21) is 63, which is too large. (2 of 5 points)",
      "throw new UnsupportedOperationException(\"this is still to be written\"); | 0 | Not yet: this is still to be written. (0 of 5 points)",
      "return Lst.of(x); | 0 | Not yet: doubled uses variable Lst, which is not defined (cell 7, line 1: int doubled(int x) {). (0 of 5 points)",
      "return doubled(x); | 0 | Not yet: a method calls itself without end (StackOverflowError) (cell 7, line 2: return doubled(x);). (0 of 5 points)",
      "return Integer.parseInt(\"a\" + x); | 0 | Not yet: NumberFormatException: For input string: \"a-3\" (cell 7, line 2: return Integer.parseInt(\"a\" + x);). (0 of 5 points)",
      "System.err.println(); return 2 * x; | 0 | Not yet: something is printed to System.err while the test runs, which then brings no points: print to System.out, or not at all. (0 of 5 points)"})
  void oneSentence(String body, double points, String text) {
    PrintStream usual = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Verdict verdict;
    try {
      verdict = verdict("int doubled(int x) {\n" + body + "\n}");
    } finally {
      System.setErr(usual);
    }
    assertThat(verdict.points()).isEqualTo(points);
    assertThat(verdict.view().text()).isEqualTo(text);
    assertThat(printed.toString(StandardCharsets.UTF_8).strip()).isEmpty();
  }

  @Test
  void anAnswerWithoutTheMethodIsToldWhatIsMissing() {
    assertThat(verdict("int dubled(int x) { return 2 * x; }").hint().orElseThrow())
        .isEqualTo("the test cannot use your answer: there is no method doubled; did you mean dubled?");
  }

  @Test
  void theRichFormIsEscaped() {
    Verdict wrong = new Verdict("a", 1, 2, java.util.Optional.of("x < y & z"));
    assertThat((String) wrong.view().data().get("text/html")).contains("x &lt; y &amp; z.", Colour.AMBER, "(1 of 2 points)");
    assertThat((String) new Verdict("a", 2, 2, java.util.Optional.empty()).view().data().get("text/html")).contains(Colour.GREEN);
  }
}
