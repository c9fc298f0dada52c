package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.course.Course;
import secateur.course.Release;
import secateur.course.Unit;

@Command(name = "open", description = "Copy a unit's lecture and exercise to ./course, unless they are there, and open them in Jupyter.",
    footer = {"", "Examples:", "  secateur course open 3", "  secateur course open 3 -- --no-browser --port 8899",
        "", "What follows -- goes to Jupyter as it is."})
final class CourseOpen implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "UNIT", description = "Its number, or the folder's name.")
  private String unit;

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", arity = "0..*", description = "Options of Jupyter, after --.")
  private List<String> arguments = List.of();

  /** Where a student's copy of {@code unit} is. */
  static Path folder(Unit unit) {
    return Path.of("course", unit.folder());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Unit found = Course.here().unit(unit);
    PrintWriter out = spec.commandLine().getOut();
    copy(found, out);
    return NotebookCommand.jupyter(folder(found).toAbsolutePath(), arguments, out);
  }

  /** Writes what is not there yet; what a student has begun stays. */
  private static void copy(Unit unit, PrintWriter out) throws IOException {
    Path folder = Files.createDirectories(folder(unit));
    Path exercise = folder.resolve(Unit.EXERCISE);
    if (Files.exists(exercise)) {
      out.println(exercise + " is there already, and stays as it is");
    } else {
      Files.writeString(exercise, Release.of(unit.exercise()).text());
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
