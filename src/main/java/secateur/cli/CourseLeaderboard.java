package secateur.cli;

import picocli.CommandLine.Command;

@Command(name = "leaderboard", description = "")
final class CourseLeaderboard implements java.util.concurrent.Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
