package secateur.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;
import secateur.tensor.Memory;

/** Turns an exception of the user's code into an error that shows the user's lines and no machinery. */
final class ThrownError {

  /** The class in which JShell keeps what was typed. */
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");
  private static final int LIBRARY_FRAMES = 4;
  private static final int USER_FRAMES = 8;

  private final Map<String, Place> places;
  private final Function<String, String> sources;
  private final Function<DeclarationSnippet, String> missing;

  /**
   * @param places where each snippet was typed, by its id
   * @param sources the source of a snippet, by its id
   * @param missing what a snippet waits for
   */
  ThrownError(Map<String, Place> places, Function<String, String> sources, Function<DeclarationSnippet, String> missing) {
    this.places = places;
    this.sources = sources;
    this.missing = missing;
  }

  /**
   * @param exception JShell's account, whose stack trace names snippets
   * @param thrown what was really thrown, or null if nobody kept it
   */
  CellError of(JShellException exception, Throwable thrown) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      String message = unresolved.getSnippet().name() + " uses " + missing.apply(unresolved.getSnippet());
      return new CellError("UnresolvedReference", message,
          lines(Colour.red("UnresolvedReference") + ": " + message, exception, thrown), origin(exception));
    }
    String name = plain(exception instanceof EvalException eval ? eval.getExceptionClassName() : exception.getClass().getName());
    String message = plain(Memory.full(Optional.ofNullable(thrown).orElse(exception))
        .or(() -> Optional.ofNullable(exception.getMessage())).orElse(""));
    return new CellError(name, message, lines(head(name, message), exception, thrown), origin(exception));
  }

  /** The innermost line of a numbered cell, or null. */
  private String origin(JShellException exception) {
    return Arrays.stream(exception.getStackTrace()).filter(frame -> place(frame) != null && place(frame).cell() > 0)
        .findFirst().map(frame -> place(frame).said(sources.apply(id(frame)), frame.getLineNumber())).orElse(null);
  }

  private List<String> lines(String head, JShellException exception, Throwable thrown) {
    List<String> lines = new ArrayList<>(List.of(head));
    List<StackTraceElement> stack = Arrays.asList(exception.getStackTrace());
    int user = (int) stack.stream().takeWhile(frame -> place(frame) == null).count();
    boolean said = exception.getMessage() != null && spokenByUs(stack) || thrown != null && Memory.full(thrown).isPresent();
    if (!said) {
      stack.subList(0, user).stream().limit(LIBRARY_FRAMES).forEach(frame -> lines.add(Colour.dim("    at " + frame)));
    }
    stack.subList(user, stack.size()).stream().filter(frame -> place(frame) != null).map(this::userLine).distinct()
        .limit(USER_FRAMES).forEach(lines::add);
    if (!said) {
      causes(thrown, lines);
    }
    return lines;
  }

  private static boolean spokenByUs(List<StackTraceElement> stack) {
    return !stack.isEmpty() && stack.get(0).getClassName().startsWith("secateur.");
  }

  private String userLine(StackTraceElement frame) {
    Place place = place(frame);
    String source = sources.apply(id(frame));
    return "    " + place.name(frame.getLineNumber()) + " | " + place.text(source, frame.getLineNumber());
  }

  private static void causes(Throwable thrown, List<String> lines) {
    Throwable outer = thrown;
    for (int depth = 0; outer != null && outer.getCause() != null && depth < 3; depth++, outer = outer.getCause()) {
      String message = Optional.ofNullable(outer.getCause().getMessage()).orElse("");
      if (message.isEmpty() || !String.valueOf(outer.getMessage()).contains(message)) {
        lines.add("caused by " + head(plain(outer.getCause().getClass().getName()), plain(message)));
      }
    }
  }

  /** {@code text} with names as they were typed. */
  private static String plain(String text) {
    return WRAPPER.matcher(text).replaceAll("");
  }

  private static String head(String className, String message) {
    String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    return Colour.red(simple) + (message.isEmpty() ? "" : ": " + message);
  }

  private Place place(StackTraceElement frame) {
    return frame.getFileName() == null ? null : places.get(id(frame));
  }

  /** JShell names the file of a snippet {@code #id}. */
  private static String id(StackTraceElement frame) {
    return frame.getFileName() == null ? "" : frame.getFileName().replaceFirst("^#", "");
  }
}
