package secateur.cli;

import picocli.CommandLine.Command;

@Command(name = "release", description = "")
final class CourseRelease implements java.util.concurrent.Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
