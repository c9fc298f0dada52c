package secateur.grade;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.course.Cell;
import secateur.course.Course;
import secateur.course.Grading;
import secateur.course.NotebookFile;
import secateur.course.Release;
import secateur.course.Task;
import secateur.course.Unit;

/** Every unit of the course: its reference solution, the exercise as it is handed out, and the wrong answers that students give. */
class UnitsTest {

  private static final Path SOURCE = Path.of("tutorials", "source");
  private static final Path ANSWERS = Path.of("src", "test", "resources", "secateur", "course");
  private static final String HINT = "// hint: ";
  private static final int LEAST = 3;
  private static final Limits LIMITS = Limits.USUAL.within(Duration.ofMinutes(10), Duration.ofHours(1)).memory(8192); // a session has many answers here

  /** An answer to a task, what it brings, and what is said of it. */
  private record Outcome(String answer, double points, List<String> hints) {}

  static List<Unit> units() {
    return Files.isDirectory(SOURCE) ? Course.of(SOURCE).units() : List.of();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("units")
  void solutionsAreRightAndMistakesAreNamed(Unit unit) throws IOException, Stopped {
    List<String> complaints = new ArrayList<>();
    NotebookFile released = Release.of(unit.exercise());
    try (Child child = new Child(LIMITS, Sandbox.NONE)) {
      for (int at = 0; at < unit.exercise().cells().size(); at++) {
        Cell cell = unit.exercise().cells().get(at);
        if (cell.grading().filter(Grading::solution).isPresent()) {
          Task task = unit.tasks().stream().filter(each -> each.solution().equals(cell)).findFirst().orElseThrow();
          complaints.addAll(task(child, unit, task, released.cells().get(at), at + 1));
        } else if (cell.isCode() && cell.grading().filter(Grading::grade).isEmpty()) {
          Answer answer = child.run(cell.source(), 0, false);
          answer.hint().ifPresent(hint -> complaints.add("the cell that begins with " + cell.source().lines().findFirst().orElse("") + " fails: " + hint));
        }
      }
    }
    assertThat(complaints).as(unit.folder()).isEmpty();
  }

  private static List<String> task(Child child, Unit unit, Task task, Cell stub, int number) throws IOException, Stopped {
    List<String> complaints = new ArrayList<>();
    Outcome untouched = outcome(child, task, "as handed out", stub.source(), number);
    if (untouched.points() > 0) {
      complaints.add(untouched + " brings points");
    }
    List<Path> wrong = answers(unit, task);
    if (wrong.size() < LEAST) {
      complaints.add(task.name() + " has " + wrong.size() + " wrong answers; there are at least " + LEAST);
    }
    for (Path file : wrong) {
      String text = Files.readString(file);
      String hint = text.lines().findFirst().filter(line -> line.startsWith(HINT)).map(line -> line.substring(HINT.length()).strip()).orElse("(no hint: in " + file + ")");
      Outcome outcome = outcome(child, task, file.toString(), text, number);
      if (outcome.points() >= task.points() || outcome.hints().isEmpty() || !outcome.hints().get(0).contains(hint)) {
        complaints.add(outcome + " should bring less than " + task.points() + " and say: " + hint);
      }
    }
    Outcome right = outcome(child, task, "the solution", task.solution().source(), number);
    if (right.points() != task.points() || !right.hints().isEmpty()) {
      complaints.add(right + " should bring " + task.points());
    }
    return complaints;
  }

  private static Outcome outcome(Child child, Task task, String name, String source, int number) throws Stopped {
    List<String> hints = new ArrayList<>();
    Answer answer = child.run(Task.body(source), number, true);
    answer.hint().ifPresent(hints::add);
    double points = 0;
    for (Cell test : task.tests()) {
      Answer tested = child.run(test.source(), 0, false);
      points += tested.points(Task.points(test));
      tested.hint().ifPresent(hints::add);
    }
    return new Outcome(task.name() + ", " + name, points, hints);
  }

  private static List<Path> answers(Unit unit, Task task) throws IOException {
    Path folder = ANSWERS.resolve(unit.folder()).resolve(task.name());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("units")
  void exercisesAreCommittedAsTheyAreWritten(Unit unit) {
    assertThat(unit.points()).isEqualTo(10);
    assertThat(unit.tasks()).hasSizeBetween(1, 4).allSatisfy(task -> {
      assertThat(task.tests()).isNotEmpty();
      assertThat(task.solution().source()).startsWith("%%check " + task.name() + "\n").contains("// BEGIN SOLUTION");
      assertThat(task.tests()).anySatisfy(test -> assertThat(test.source()).contains("// BEGIN HIDDEN TESTS"));
    });
    assertThat(unit.exercise().cells()).filteredOn(Cell::isCode).allSatisfy(cell -> {
      assertThat(cell.json().get("outputs")).isEqualTo(new JsonArray());
      assertThat(cell.json().get("execution_count").isJsonNull()).isTrue();
    });
  }

  @Test
  void noTwoTasksHaveOneName() {
    assertThat(units().stream().flatMap(unit -> unit.tasks().stream()).map(Task::name)).doesNotHaveDuplicates();
  }
}
