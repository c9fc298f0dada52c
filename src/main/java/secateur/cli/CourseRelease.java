package secateur.cli;

import java.io.IOException;
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

@Command(name = "release", description = "Write what students get to DIR/release: exercises without solutions and hidden tests, and lectures.",
    footer = {"", "Examples:", "  secateur course release ~/class", "  secateur course release ~/class 3 4"})
final class CourseRelease implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "The class's directory.")
  private Path directory;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "UNIT", description = "Numbers, or folders' names; without them, all.")
  private List<String> units = List.of();

  @Override
  public Integer call() throws IOException {
    Course course = Course.here();
    List<Unit> chosen = units.isEmpty() ? course.units() : units.stream().map(course::unit).toList();
    for (Unit unit : chosen) {
      Path folder = Files.createDirectories(directory.resolve("release").resolve(unit.folder()));
      Files.writeString(folder.resolve(Unit.EXERCISE), Release.of(unit.exercise()).text());
      CourseOpen.copyLecture(unit, folder);
      spec.commandLine().getOut().println(folder);
    }
    return 0;
  }
}
