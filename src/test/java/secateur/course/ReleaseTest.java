package secateur.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static secateur.course.Exercises.code;
import static secateur.course.Exercises.notebook;
import static secateur.course.Exercises.solution;
import static secateur.course.Exercises.test;
import static secateur.course.Exercises.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What students get. */
class ReleaseTest {

  private final NotebookFile release = Release.of(Exercises.small());

  private static JsonArray outputs() {
    return JsonParser.parseString("[{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"2\"}]").getAsJsonArray();
  }

  private static JsonObject own(Cell cell) {
    return cell.metadata().getAsJsonObject(Grading.KEY);
  }

  @Test
  void solutionsBecomeStubsOfTheSameIndentation() {
    assertThat(release.cells().get(2).source()).isEqualTo("%%check doubled\nint doubled(int x) {\n  // YOUR CODE HERE\n"
        + "  throw new UnsupportedOperationException(\"this is still to be written\");\n}");
    assertThat(Release.of(notebook(solution("a", "int whole = 1;"))).cells().get(0).source())
        .isEqualTo("// YOUR CODE HERE\nthrow new UnsupportedOperationException(\"this is still to be written\");");
  }

  @Test
  void hiddenTestsAreGoneAndVisibleOnesStay() {
    assertThat(release.cells().get(4).source()).isEqualTo("{\n  int right = doubled(7);\n}");
    assertThat(release.cells().get(3).source()).isEqualTo(Exercises.small().cells().get(3).source());
    assertThat(release.text()).doesNotContain("HIDDEN", "two * x", "square", "celltoolbar");
  }

  @Test
  void outputsAreClearedAndOtherMetadataKept() {
    Cell ran = code("1 + 1").withOutputs(outputs());
    Cell cleared = Release.of(notebook(ran)).cells().get(0);
    assertThat(cleared.json().getAsJsonArray("outputs")).isEmpty();
    assertThat(cleared.json().get("execution_count").isJsonNull()).isTrue();
    assertThat(cleared.metadata().get("tags").toString()).isEqualTo("[\"kept\"]");
    assertThat(cleared.id()).contains("c0");
  }

  /** The sums are those of nbgrader's compute_checksum, taken with Python's hashlib from the same texts. */
  @Test
  void checksumsAreNbgraders() {
    assertThat(own(release.cells().get(2)).get("checksum").getAsString()).isEqualTo("2da6b2b0540df66bde15c2e57589f8d7");
    assertThat(own(release.cells().get(4)).get("checksum").getAsString()).isEqualTo("a51c6671aef04573cdaa40441a2e21fe");
    assertThat(own(release.cells().get(5)).get("checksum").getAsString()).isEqualTo("0d1b0b939d6b657cf13e649b725d6587");
    assertThat(own(release.cells().get(4)).get("cell_type").getAsString()).isEqualTo("code");
    assertThat(own(release.cells().get(4)).get("points").getAsDouble()).isEqualTo(3);
  }

  @Test
  void whatIsNotTheStudentsIsLocked() {
    assertThat(release.cells().get(3).metadata().get("editable").getAsBoolean()).isFalse();
    assertThat(release.cells().get(5).metadata().get("editable").getAsBoolean()).isFalse();
    assertThat(release.cells().get(2).metadata().has("editable")).isFalse();
    assertThat(release.cells().get(2).metadata().get("deletable").getAsBoolean()).isFalse();
    assertThat(release.cells().get(1)).isEqualTo(Exercises.small().cells().get(1).cleared());
  }

  @ParameterizedTest
  @ValueSource(strings = {"// BEGIN SOLUTION\n1;", "// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION\n// END SOLUTION"})
  void anUnbalancedRegionIsRefused(String source) {
    assertThatThrownBy(() -> Release.of(notebook(solution("a", source)))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("SOLUTION");
  }

  @Test
  void aRegionInACellWhereNobodyWouldRemoveItIsRefused() {
    assertThatThrownBy(() -> Release.of(notebook(code("// BEGIN SOLUTION\n// END SOLUTION")))).hasMessageContaining("a solution stands in a cell of solution");
    assertThatThrownBy(() -> Release.of(notebook(solution("a", "// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS")))).hasMessageContaining("hidden tests in a cell of grade");
  }

  @Test
  void aNotebookIsWrittenAsItWasRead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.ipynb"), Exercises.small().text());
    assertThat(NotebookFile.read(file)).isEqualTo(Exercises.small());
    assertThat(NotebookFile.read(file).text()).isEqualTo(Files.readString(file)).startsWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"nbformat\": 3, \"cells\": []}", "{\"nbformat\": 4, \"cells\": [7]}", "{\"nbformat\": 4, \"cells\": [{}]}",
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [{}]}]}", "no JSON"})
  void whatIsNoNotebookIsRefused(String text, @TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.ipynb"), text);
    assertThatThrownBy(() -> NotebookFile.read(file)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a.ipynb is no notebook");
  }

  @Test
  void aUnitKnowsItsTasks(@TempDir Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("07-small"));
    Files.writeString(folder.resolve("exercise.ipynb"), Exercises.small().text());
    Files.writeString(folder.resolve("lecture.ipynb"), notebook(code("# no"), text("text\n## The lecture\n# Later")).text());
    Course course = Course.of(directory);
    Unit unit = course.unit("7");
    assertThat(unit.title()).isEqualTo("The lecture");
    assertThat(unit.tasks()).extracting(Task::name).containsExactly("doubled", "greeting");
    assertThat(unit.tasks()).extracting(Task::points).containsExactly(5.0, 5.0);
    assertThat(course.task("greeting").tests()).hasSize(1);
    assertThatThrownBy(() -> course.task("no")).hasMessage("there is no task no; there are doubled, greeting");
    assertThatThrownBy(() -> course.unit("8")).hasMessage("there is no unit 8; there are 07-small");
    assertThat(Task.body(unit.tasks().get(0).solution().source())).startsWith("\nint doubled(int x) {");
  }

  @Test
  void anExerciseThatCannotBeGradedIsRefused() {
    assertThatThrownBy(() -> new Unit("01-a", "a", notebook(solution("a", ""), solution("a", "")))).hasMessageContaining("01-a", "two cells have the grade_id a");
    assertThatThrownBy(() -> new Unit("01-a", "a", notebook(test("a", 1, "")))).hasMessageContaining("before the first solution");
    assertThatThrownBy(() -> new Unit("01-a", "a", notebook(test("a", -1, "")))).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Unit("01-a", "a", notebook(test("a b", 1, "")))).hasMessageContaining("a b");
  }

  @Test
  void marksFollowNbgrader() {
    assertThat(Marking.points(4, null)).isEqualTo(4);
    assertThat(Marking.points(4, "2.5")).isEqualTo(2.5);
    assertThat(Marking.points(4, " 0 ")).isZero();
    assertThat(Marking.points(4, "9")).isEqualTo(4);
    assertThat(Marking.points(4, "-1")).isEqualTo(4);
    assertThat(Marking.points(4, "NaN")).isEqualTo(4);
    assertThat(Marking.points(4, "Entry[perplexity=5.0, bytes=9]")).isEqualTo(4);
    assertThat(Marking.text(2.5) + Marking.text(10) + Marking.text(0)).isEqualTo("2.5100");
  }
}
