package secateur.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A unit of the course.
 *
 * @param folder its name, such as {@code 03-magnitude-and-wanda}
 * @param title what its lecture is headed
 * @param exercise the teacher's version, with solutions and hidden tests
 */
public record Unit(String folder, String title, NotebookFile exercise) {

  /** What an exercise is called in the folder of its unit. */
  public static final String EXERCISE = "exercise.ipynb";

  /** What a lecture is called there. */
  public static final String LECTURE = "lecture.ipynb";

  public Unit {
    try {
      checkIds(exercise.cells());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(folder + "/" + EXERCISE + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a unit.
   *
   * @throws IllegalArgumentException if a notebook is none, or its cells are not those of an exercise
   */
  static Unit read(Path folder) throws IOException {
    NotebookFile exercise = NotebookFile.read(folder.resolve(EXERCISE));
    Path lecture = folder.resolve(LECTURE);
    String name = folder.getFileName().toString().replaceFirst("/$", "");
    Optional<String> heading = Files.exists(lecture) ? NotebookFile.read(lecture).heading() : exercise.heading();
    return new Unit(name, heading.orElse(name), exercise);
  }

  private static void checkIds(List<Cell> cells) {
    Set<String> ids = new HashSet<>();
    boolean begun = false;
    for (Cell cell : cells) {
      Optional<Grading> grading = cell.grading();
      if (grading.isPresent() && !ids.add(grading.get().id())) {
        throw new IllegalArgumentException("two cells have the grade_id " + grading.get().id());
      }
      begun |= grading.filter(Grading::solution).isPresent();
      if (grading.filter(each -> each.grade() && each.solution()).isPresent() || grading.isPresent() && !cell.isCode()) {
        throw new IllegalArgumentException(grading.get().id() + " would have to be graded by hand; allowed are code cells with grade or solution");
      }
      if (!begun && grading.filter(Grading::grade).isPresent()) {
        throw new IllegalArgumentException("the test " + grading.get().id() + " stands before the first solution");
      }
    }
  }

  /** From top to bottom; a task's tests are those before the next one's solution. */
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    List<Cell> tests = new ArrayList<>();
    for (int i = exercise.cells().size() - 1; i >= 0; i--) {
      Cell cell = exercise.cells().get(i);
      if (cell.grading().filter(Grading::grade).isPresent()) {
        tests.add(0, cell);
      } else if (cell.grading().filter(Grading::solution).isPresent()) {
        tasks.add(0, new Task(cell, tests));
        tests.clear();
      }
    }
    return tasks;
  }

  /** What all tasks bring. */
  public double points() {
    return tasks().stream().mapToDouble(Task::points).sum();
  }

  /** Its number, which the folder begins with; 0 where it begins with none. */
  public int number() {
    String digits = folder.replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
