package secateur.grade;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import secateur.course.Cell;
import secateur.course.Exercises;
import secateur.course.Release;
import secateur.course.Unit;

/** Cells that a student has added, with values and metadata of any kind, and one that ends the process. */
class OddCellsTest {

  private static final Limits LIMITS = Limits.USUAL.within(Duration.ofMinutes(3), Duration.ofMinutes(20));

  private static final Unit UNIT = new Unit("01-odd", "Odd", Exercises.notebook(
      Exercises.solution("doubled", "%%check doubled\nint doubled(int x) {\n  // BEGIN SOLUTION\n  return 2 * x;\n  // END SOLUTION\n}"),
      Exercises.test("doubled-two", 4, "int four = doubled(2);\nsecateur.course.Check.of(\"four\", four).expect(4);"),
      Exercises.test("doubled-four", 6, "secateur.course.Check.of(\"eight\", doubled(four)).expect(8);")));

  private static Cell graded(String source, Map<String, Object> metadata) {
    JsonObject json = Exercises.code(source).json().deepCopy();
    json.add("metadata", new Gson().toJsonTree(Map.of("nbgrader", metadata)));
    return new Cell(json);
  }

  @Test
  void theRestHasItsMarksAndAPage() throws IOException {
    List<Cell> cells = new ArrayList<>(Release.of(UNIT.exercise()).cells());
    cells.set(0, UNIT.exercise().cells().get(0));
    cells.addAll(2, List.of(
        graded("new Object() { public String toString() { throw new IllegalStateException(\"no text\"); } }", Map.of("grade", true, "grade_id", "my test", "points", -1)),
        Exercises.code("new secateur.kernel.View(java.util.Map.of(\"text/plain\", java.util.List.of(1, 2)), java.util.Map.of())"),
        Exercises.code("\"x\".repeat(3_000_000)"),
        graded("System.exit(3);", Map.of("grade", true, "grade_id", "another one"))));
    Graded graded = new Grader(LIMITS, Sandbox.NONE).grade(UNIT, UNIT.exercise().with(cells));
    assertThat(graded.marks().points()).as("%s", graded.marks()).isEqualTo(10);
    assertThat(graded.marks().notes()).singleElement().asString().contains("cell 6", "exit code 3");
    assertThat(graded.notebook().text().length()).isLessThan(1_200_000);
    String page = FeedbackPage.of(new Handed("ada", UNIT.folder(), Path.of("exercise.ipynb")), graded.marks(), graded.notebook());
    assertThat(page).contains("10 of 10 points", "no text", "System.exit(3);");
  }

  @Test
  void muchThatIsShownHidesNoMistake() throws IOException {
    List<Cell> cells = new ArrayList<>(Release.of(UNIT.exercise()).cells());
    cells.set(0, cells.get(0).withSource("%%check doubled\nint doubled(int x) {\n  return 3;\n}"));
    for (int i = 0; i < 18; i++) {
      cells.add(0, Exercises.code("for (int i = 0; i < 4; i++) { display(\"x\".repeat(1 << 20)); }"));
    }
    Graded graded = new Grader(LIMITS, Sandbox.NONE).grade(UNIT, UNIT.exercise().with(cells));
    assertThat(graded.marks().points()).as("%s", graded.marks()).isZero();
    assertThat(graded.notebook().text().length()).isBetween(1 << 25, 1 << 27);
  }
}
