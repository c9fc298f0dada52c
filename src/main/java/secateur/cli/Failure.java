package secateur.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import secateur.tensor.Memory;

/** What went wrong, as one sentence and an exit code. */
final class Failure {

  static final int INTERRUPTED = 130;

  private Failure() {}

  /** Prints the sentence of {@code failure}, after its stack trace if {@code trace} asks for it. */
  static int report(Throwable failure, boolean trace, PrintWriter err) {
    if (trace) {
      failure.printStackTrace(err);
    }
    err.println("secateur: " + sentence(failure));
    return code(failure);
  }

  /** Prints what is wrong with a command line, and where its help is. */
  static int usage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String message = failure.getMessage();
    command.getErr().println("secateur: " + Character.toLowerCase(message.charAt(0)) + message.substring(1));
    UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  private static int code(Throwable failure) {
    if (failure instanceof CancellationException) {
      return INTERRUPTED;
    }
    return failure instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  static String sentence(Throwable failure) {
    if (failure instanceof CancellationException) {
      return "interrupted; what was finished is kept";
    }
    Optional<String> full = Memory.full(failure);
    if (full.isPresent()) {
      return full.get();
    }
    if (failure instanceof UncheckedIOException unchecked) {
      return file(unchecked.getMessage(), unchecked.getCause());
    }
    if (failure instanceof IOException input) {
      return file("", input);
    }
    return words(failure);
  }

  /** The message of {@code wrapper}, which may be no more than that of {@code cause}, and what the file system said. */
  private static String file(String wrapper, IOException cause) {
    String detail = cause instanceof NoSuchFileException missing ? "there is no " + missing.getFile()
        : cause instanceof AccessDeniedException denied ? "no permission for " + denied.getFile()
        : cause instanceof FileSystemException other && other.getReason() == null ? "cannot use " + other.getFile()
        : words(cause);
    boolean empty = wrapper == null || wrapper.isEmpty() || wrapper.equals(cause.toString());
    return empty ? detail : wrapper + ": " + detail;
  }

  private static String words(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).filter(message -> !message.isBlank()).map(String::strip)
        .orElse("it failed with " + failure.getClass().getSimpleName() + "; --trace shows where");
  }
}
