package secateur.grade;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import secateur.course.Marking;
import secateur.course.NotebookFile;
import secateur.course.Unit;

/**
 * A class in nbgrader's layout: {@code submitted/STUDENT/UNIT/exercise.ipynb}, beside it {@code autograded} and {@code feedback}.
 *
 * @param root of all
 */
public record ClassFolder(Path root) {

  private static final String MARKS = "marks.json";
  private static final String AUTOGRADED = "autograded";
  private static final int LARGEST = 1 << 25;

  public ClassFolder {
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException("there is no directory " + root);
    }
  }

  /** A submission with its marks, as they were written. */
  public record Row(Handed handed, Marks marks) {}

  /** What students handed in, by student and unit. */
  public List<Handed> submitted() throws IOException {
    Path submitted = root.resolve("submitted");
    if (!Files.isDirectory(submitted)) {
      throw new IllegalArgumentException("there is no directory " + submitted + "; submissions are expected as " + submitted.resolve(Path.of("STUDENT", "UNIT", Unit.EXERCISE)));
    }
    return under(submitted, Unit.EXERCISE);
  }

  private static List<Handed> under(Path folder, String file) throws IOException {
    List<Handed> found = new ArrayList<>();
    for (Path student : folders(folder)) {
      for (Path unit : folders(student)) {
        if (Files.exists(unit.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
          found.add(new Handed(student.getFileName().toString(), unit.getFileName().toString(), unit.resolve(file)));
        }
      }
    }
    return found;
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
    }
  }

  /**
   * Grades a submission and writes its notebook and marks; what is wrong with it is among its notes.
   *
   * @throws IOException if this machine cannot grade it; nothing is written then
   */
  public Marks grade(Handed handed, Unit unit, Grader grader) throws IOException {
    Graded graded = graded(handed, unit, grader);
    Path folder = Files.createDirectories(folder(AUTOGRADED, handed));
    Files.writeString(folder.resolve(Unit.EXERCISE), graded.notebook().text());
    graded.marks().write(folder.resolve(MARKS));
    return graded.marks();
  }

  private static Graded graded(Handed handed, Unit unit, Grader grader) throws IOException {
    NotebookFile notebook;
    try {
      notebook = read(handed.file());
    } catch (IllegalArgumentException | IOException e) {
      return none(unit, e.getMessage());
    }
    return grader.grade(unit, notebook);
  }

  /** A student's file: no link to another's, and no larger than a notebook is. */
  private static NotebookFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(file.getFileName() + " is no file of its own");
    }
    if (Files.size(file) > LARGEST) {
      throw new IllegalArgumentException(file.getFileName() + " has " + Files.size(file) + " bytes; a notebook has at most " + LARGEST);
    }
    return NotebookFile.read(file);
  }

  private static Graded none(Unit unit, String why) {
    List<Mark> marks = unit.tasks().stream().flatMap(task -> task.tests().stream().map(test -> new Mark(test.grading().orElseThrow().id(),
        task.name(), 0, test.grading().orElseThrow().points(), why))).toList();
    return new Graded(unit.exercise().with(List.of()), new Marks(marks, List.of(why), Optional.empty()));
  }

  private Path folder(String kind, Handed handed) {
    return root.resolve(Path.of(kind, handed.student(), handed.unit()));
  }

  /** All marks that were given so far. */
  public List<Row> marks() throws IOException {
    List<Row> rows = new ArrayList<>();
    if (Files.isDirectory(root.resolve(AUTOGRADED))) {
      for (Handed handed : under(root.resolve(AUTOGRADED), MARKS)) {
        try {
          rows.add(new Row(handed, Marks.read(handed.file())));
        } catch (JsonParseException e) {
          throw new IllegalArgumentException(handed.file() + " holds no marks: grade it anew", e);
        }
      }
    }
    return rows;
  }

  /** Writes {@code grades.csv}, a line for each student and unit; the file. */
  public Path writeTable() throws IOException {
    String lines = marks().stream().map(row -> Stream.of(row.handed().student(), row.handed().unit(), Marking.text(row.marks().points()),
        Marking.text(row.marks().most()), String.join("; ", row.marks().notes())).map(ClassFolder::quoted).collect(Collectors.joining(",")) + "\n")
        .collect(Collectors.joining());
    return Files.writeString(root.resolve("grades.csv"), "student,unit,points,of,notes\n" + lines, StandardCharsets.UTF_8);
  }

  /** A field; what a spreadsheet would take for a formula begins with an apostrophe. */
  private static String quoted(String field) {
    String text = field.matches("(?s)[=+@-].*") ? "'" + field : field;
    return text.matches("[\\w.-]*") ? text : '"' + text.replaceAll("\\s+", " ").replace("\"", "\"\"") + '"';
  }

  /** Writes the page that tells a student what a submission brought; the file. */
  public Path writeFeedback(Row row) throws IOException {
    NotebookFile notebook = NotebookFile.read(folder(AUTOGRADED, row.handed()).resolve(Unit.EXERCISE));
    Path folder = Files.createDirectories(folder("feedback", row.handed()));
    return Files.writeString(folder.resolve("exercise.html"), FeedbackPage.of(row.handed(), row.marks(), notebook), StandardCharsets.UTF_8);
  }
}
