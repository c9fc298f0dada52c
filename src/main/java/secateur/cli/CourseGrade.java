package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.course.Course;
import secateur.course.Marking;
import secateur.course.Unit;
import secateur.grade.ClassFolder;
import secateur.grade.Grader;
import secateur.grade.Handed;
import secateur.grade.Limits;
import secateur.grade.Marks;
import secateur.grade.Sandbox;

@Command(name = "grade", description = "Grade DIR/submitted/STUDENT/UNIT/exercise.ipynb, one at a time, each in a sandbox.",
    footer = {"", "Examples:", "  secateur course grade ~/class", "  secateur course grade ~/class --cell-seconds 30 --memory 6144", "",
        "Writes DIR/autograded and DIR/grades.csv."})
final class CourseGrade implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The class's directory.")
  private Path directory;

  @Option(names = "--cell-seconds", paramLabel = "N", defaultValue = "180", description = "What a cell may take (default: ${DEFAULT-VALUE}).")
  private int cell;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "900", description = "What a submission may take (default: ${DEFAULT-VALUE}).")
  private int whole;

  @Option(names = "--memory", paramLabel = "MIB", defaultValue = "4096", description = "Memory of a submission (default: ${DEFAULT-VALUE}).")
  private int memory;

  @Option(names = "--trust", description = "Run submissions without the sandbox, which is bubblewrap: they can read and write your files.")
  private boolean trust;

  @Override
  public Integer call() throws IOException {
    Limits limits = Limits.USUAL.within(Duration.ofSeconds(cell), Duration.ofSeconds(whole)).memory(memory);
    ClassFolder folder = new ClassFolder(directory);
    List<Handed> submitted = folder.submitted();
    Course course = Course.here();
    Grader grader = new Grader(limits, trust ? Sandbox.NONE : Sandbox.bubblewrap());
    PrintWriter out = spec.commandLine().getOut();
    for (Handed handed : submitted) {
      Optional<Unit> unit = course.units().stream().filter(each -> each.folder().equals(handed.unit())).findFirst();
      if (unit.isPresent()) {
        print(out, handed, folder.grade(handed, unit.get(), grader));
      } else {
        out.println(handed.student() + ": there is no unit " + handed.unit());
      }
    }
    out.println(folder.writeTable());
    return 0;
  }

  private static void print(PrintWriter out, Handed handed, Marks marks) {
    out.printf("%-20s %-32s %5s of %s%s%n", handed.student(), handed.unit(), Marking.text(marks.points()), Marking.text(marks.most()),
        marks.notes().isEmpty() ? "" : "  " + String.join("; ", marks.notes()));
    out.flush();
  }
}
