package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.course.Course;
import secateur.course.Marking;
import secateur.course.NotebookFile;
import secateur.course.Unit;
import secateur.grade.Graded;
import secateur.grade.Grader;
import secateur.grade.Limits;
import secateur.grade.Mark;
import secateur.grade.Sandbox;

@Command(name = "check", description = "Run an exercise with all its tests, and say what each task lacks.",
    footer = {"", "Examples:", "  secateur course check 3", "  secateur course check 3 my/exercise.ipynb", "",
        "It runs with limits on time and memory, but with no sandbox: check what you wrote yourself."})
final class CourseCheck implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "UNIT", description = "Its number, or the folder's name.")
  private String unit;

  @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "The notebook; without it, that of ./course.")
  private Path file;

  @Option(names = "--reference", description = "Check the teacher's own version instead.")
  private boolean reference;

  @Override
  public Integer call() throws IOException {
    Unit found = Course.here().unit(unit);
    Graded graded = new Grader(Limits.USUAL, Sandbox.NONE).grade(found, reference ? found.exercise() : NotebookFile.read(file(found)));
    PrintWriter out = spec.commandLine().getOut();
    graded.marks().notes().forEach(note -> out.println(found.folder() + ": " + note));
    for (Mark mark : graded.marks().tasks()) {
      out.printf("%-28s %5s of %s  %s%n", mark.task(), Marking.text(mark.points()), Marking.text(mark.most()), mark.hint());
    }
    out.println(Marking.text(graded.marks().points()) + " of " + Marking.text(graded.marks().most()) + " points");
    return graded.marks().points() < graded.marks().most() ? 1 : 0;
  }

  private Path file(Unit found) {
    Path own = file == null ? CourseOpen.folder(found).resolve(Unit.EXERCISE) : file;
    if (!Files.isRegularFile(own)) {
      throw new IllegalArgumentException("there is no notebook " + own + "; open the unit first (secateur course open " + found.number() + "), or name a file");
    }
    return own;
  }
}
