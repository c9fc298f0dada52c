package secateur.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import secateur.tensor.Prompt;

/** Java that a user wrote, run in this JVM and on this thread, after the imports of {@code secateur.jsh}. */
final class JavaShell implements AutoCloseable {

  private static final String STARTUP = "/secateur/secateur.jsh";

  /** Runs snippets and keeps what they give. */
  private static final class Execution extends DirectExecutionControl implements ExecutionControlProvider {

    private Object value;
    private Throwable failure;

    @Override
    @SuppressWarnings("try")
    protected String invoke(java.lang.reflect.Method snippet) throws Exception {
      try (Prompt scope = new Prompt()) {
        value = snippet.invoke(null);
        return "";
      } catch (InvocationTargetException e) {
        failure = e.getCause();
        throw e;
      }
    }

    @Override
    public String name() {
      return "secateur";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return this;
    }
  }

  /** A snippet that does not compile, or that threw its cause. */
  static final class SnippetException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    SnippetException(int line, String message, Throwable cause) {
      super(message, cause);
      this.line = line;
    }

    /** From 1. */
    int line() {
      return line;
    }
  }

  private final Execution execution = new Execution();
  private final JShell shell;

  JavaShell() {
    shell = JShell.builder().executionEngine(execution, Map.of())
        .compilerOptions("-classpath", System.getProperty("java.class.path")).build();
    try {
      run(startup());
    } catch (SnippetException e) {
      throw new IllegalStateException(STARTUP + ", line " + e.line() + ": " + e.getMessage(), e);
    }
  }

  /** The text of {@code secateur.jsh}. */
  static String startup() {
    try (InputStream in = JavaShell.class.getResourceAsStream(STARTUP)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + STARTUP, e);
    }
  }

  /** The value of the last snippet of {@code source}; stops at the first that fails. */
  Object run(String source) throws SnippetException {
    String rest = source;
    while (!rest.isBlank()) {
      String begun = rest.stripLeading();
      int line = 1 + (int) source.substring(0, source.length() - begun.length()).lines().count();
      line -= begun.length() == source.length() || source.charAt(source.length() - begun.length() - 1) == '\n' ? 0 : 1;
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(begun);
      boolean whole = info.source() == null || info.source().isBlank();
      evaluate(whole ? begun : info.source(), line);
      rest = whole ? "" : info.remaining();
    }
    return execution.value;
  }

  private void evaluate(String snippet, int line) throws SnippetException {
    for (SnippetEvent event : shell.eval(snippet)) {
      if (event.status() == Snippet.Status.REJECTED) {
        throw rejected(event.snippet(), snippet, line);
      }
      if (event.exception() != null) {
        Throwable failure = execution.failure == null ? event.exception() : execution.failure;
        throw new SnippetException(line + lineOf(event.snippet(), failure) - 1, Failure.sentence(failure), failure);
      }
    }
  }

  private SnippetException rejected(Snippet rejected, String text, int line) {
    return shell.diagnostics(rejected).filter(Diag::isError).findFirst()
        .map(error -> new SnippetException(line + before(text, error.getStartPosition()), message(error), null))
        .orElseGet(() -> new SnippetException(line, "this is not complete Java", null));
  }

  private static int before(String text, long position) {
    return (int) text.substring(0, (int) Math.max(0, Math.min(position, text.length()))).chars().filter(c -> c == '\n').count();
  }

  /** Where in {@code snippet} it was; JShell names the file of a snippet by its id. */
  private static int lineOf(Snippet snippet, Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (("#" + snippet.id()).equals(frame.getFileName())) {
        return Math.max(1, frame.getLineNumber());
      }
    }
    return 1;
  }

  /** javac's words in one line, without the line that names JShell's own class. */
  private static String message(Diag error) {
    return error.getMessage(Locale.ENGLISH).lines().map(String::strip).filter(line -> !line.startsWith("location:"))
        .map(line -> line.replaceAll("\\s+", " ")).collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    shell.close();
  }
}
