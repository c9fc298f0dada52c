package secateur.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Secateur. */
@Command(
    name = "secateur",
    version = "Secateur 0.1.0",
    header = "A laboratory for LLM compression on the JVM.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class, EvalCommand.class, PruneCommand.class, QuantizeCommand.class, DistillCommand.class, ExportCommand.class, CompareCommand.class, BenchCommand.class, BenchPruningCommand.class, BenchQuantizationCommand.class,
      BenchMemoryCommand.class, BenchLayersCommand.class, BenchDecodeCommand.class, BenchReasoningCommand.class, BenchDistillationCommand.class,
      GenerateCommand.class, PretrainCommand.class, FetchCommand.class, JShellCommand.class, ScriptCommand.class, NotebookCommand.class, CourseCommand.class,
      KernelCommand.class, ClasspathCommand.class
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:the work failed", "2:the command line is wrong", "130:interrupted; what was finished is kept"},
    footer = {
      "", "Examples:",
      "  secateur demo",
      "  secateur compare java-8m \"Wanda(0.5)\" \"Gptq(4).group(64)\"",
      "", "secateur COMMAND --help says more about a command."
    })
public final class Main implements Runnable {

  @Spec
  private CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
  private boolean help;

  @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
  private boolean version;

  @Option(names = "--trace", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
  private boolean trace;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Interruption.watch();
    int code = run(arguments);
    Interruption.over();
    System.exit(code);
  }

  /** Runs one command and gives its exit code. */
  static int run(String... arguments) {
    Main main = new Main();
    CommandLine commands = new CommandLine(main);
    commands.setExecutionExceptionHandler((failure, command, parsed) -> Failure.report(failure, main.trace, command.getErr()));
    commands.setParameterExceptionHandler(Failure::usage);
    commands.setUsageHelpAutoWidth(true);
    return commands.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
