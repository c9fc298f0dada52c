package secateur.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import secateur.grade.ClassFolder;

@Command(name = "feedback", description = "Write a page for each graded submission: DIR/feedback/STUDENT/UNIT/exercise.html.")
final class CourseFeedback implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The class's directory.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    ClassFolder folder = new ClassFolder(directory);
    for (ClassFolder.Row row : folder.marks()) {
      spec.commandLine().getOut().println(folder.writeFeedback(row));
    }
    return 0;
  }
}
