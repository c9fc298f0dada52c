package secateur.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works for a while: it shows progress and stops at Ctrl-C. */
@Command(usageHelpAutoWidth = true, sortOptions = false)
abstract class Work implements Callable<Integer> {

  @Spec
  CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    Terminal.attach();
    Interruption.begin();
    try {
      work();
    } catch (OutOfMemoryError e) {
      throw new IllegalStateException(Failure.sentence(e), e);
    }
    return 0;
  }

  abstract void work() throws Exception;

  /** A line for the user. */
  void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
