package secateur.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "course", description = "The course: for students list, open and check; for teachers release, grade, feedback and leaderboard.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {CourseList.class, CourseOpen.class, CourseCheck.class, CourseRelease.class, CourseGrade.class, CourseFeedback.class, CourseLeaderboard.class},
    commandListHeading = "%nVerbs:%n",
    footer = {"", "Examples:", "  secateur course open 3", "  secateur course check 3", "  secateur course grade ~/class"})
final class CourseCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
