package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.course.Course;
import secateur.course.Release;
import secateur.course.Unit;

@Command(name = "open", description = "Copy lectures and exercises to ./course, unless they are there, and open a unit in Jupyter.",
    footer = {"", "Examples:", "  secateur course open 3", "  secateur course open 3 -- --no-browser --port 8899",
        "", "What follows -- goes to Jupyter as it is."})
final class CourseOpen implements Callable<Integer> {

  private static final Path ALL = Path.of("course");

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "UNIT", description = "Its number, or the folder's name.")
  private String unit;

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", arity = "0..*", description = "Options of Jupyter, after --.")
  private List<String> arguments = List.of();

  /** Where a student's copy of {@code unit} is. */
  static Path folder(Unit unit) {
    return ALL.resolve(unit.folder());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Course course = Course.here();
    Unit found = course.unit(unit);
    PrintWriter out = spec.commandLine().getOut();
    if (Files.exists(folder(found).resolve(Unit.EXERCISE))) {
      out.println(folder(found).resolve(Unit.EXERCISE) + " is there already, and stays as it is");
    }
    for (Unit each : course.units()) { // lectures lead to one another
      copy(each);
    }
    Path root = ALL.toAbsolutePath();
    Path first = root.resolve(found.folder()).resolve(Unit.LECTURE);
    List<String> shown = List.of("--notebook-dir", root.toString(), Files.exists(first) ? first.toString() : first.resolveSibling(Unit.EXERCISE).toString());
    return NotebookCommand.jupyter(root, Stream.concat(shown.stream(), arguments.stream()).toList(), out);
  }

  /** Writes what is not there yet; what a student has begun stays. */
  private static void copy(Unit unit) throws IOException {
    Path folder = Files.createDirectories(folder(unit));
    if (Files.notExists(folder.resolve(Unit.EXERCISE))) {
      Files.writeString(folder.resolve(Unit.EXERCISE), Release.of(unit.exercise()).text());
    }
    copyLecture(unit, folder);
  }

  /** Writes the lecture of {@code unit} beside its exercise, if it is not there. */
  static void copyLecture(Unit unit, Path folder) throws IOException {
    Path lecture = Course.source().map(source -> source.resolve(unit.folder()).resolve(Unit.LECTURE)).filter(Files::exists).orElse(null);
    if (lecture != null && Files.notExists(folder.resolve(Unit.LECTURE))) {
      Files.copy(lecture, folder.resolve(Unit.LECTURE));
    }
  }
}
