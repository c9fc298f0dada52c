package secateur.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import secateur.lab.KnownMethods;

/** Turns what javac says about a snippet into an error that points at the user's line. */
final class CompileError {

  private static final String NAME = "CompileError";
  private static final int MOST = 3;

  private final Unresolved unresolved;

  CompileError(Unresolved unresolved) {
    this.unresolved = unresolved;
  }

  CellError of(List<Diag> diagnostics, String source, Place place) {
    List<Diag> errors = diagnostics.stream().filter(Diag::isError).limit(MOST).toList();
    if (errors.isEmpty()) {
      return of("this is not complete Java", source, place);
    }
    Map<String, Diag> messages = new LinkedHashMap<>();
    errors.forEach(error -> messages.putIfAbsent(message(error, source), error));
    List<String> lines = new ArrayList<>();
    messages.forEach((message, error) -> lines.addAll(describe(message, error, source, place)));
    Map.Entry<String, Diag> first = messages.entrySet().iterator().next();
    int line = line(first.getValue(), source);
    return new CellError(NAME, first.getKey(), lines, place.cell() > 0 ? place.said(source, line) : null);
  }

  private static CellError of(String message, String source, Place place) {
    return new CellError(NAME, message, List.of(head(message), marginal(place.name(1), place.text(source, 1))));
  }

  private static List<String> describe(String message, Diag error, String source, Place place) {
    List<String> lines = new ArrayList<>();
    lines.add(head(message));
    int line = line(error, source);
    String where = place.name(line);
    lines.add(marginal(where, place.text(source, line)));
    lines.add(place.magic() == null ? caret(error, source, where) : Colour.dim("    wrote: " + source.strip()));
    if (message.contains("no class ") && takesMethods(place.magic())) {
      lines.add(Colour.dim("    " + KnownMethods.sentence()));
    }
    return lines;
  }

  /** From 1. */
  private static int line(Diag error, String source) {
    int start = (int) Math.max(0, Math.min(error.getStartPosition(), source.length()));
    return (int) source.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
  }

  private static boolean takesMethods(MagicCall magic) {
    return magic != null && Magics.find(magic.name()).filter(command -> !command.<Magic>getCommand().packages().isEmpty()).isPresent();
  }

  private static String caret(Diag error, String source, String where) {
    int start = (int) Math.max(0, Math.min(error.getStartPosition(), source.length()));
    int column = start - (source.lastIndexOf('\n', Math.max(0, start - 1)) + 1);
    int lineEnd = source.indexOf('\n', start) < 0 ? source.length() : source.indexOf('\n', start);
    int width = (int) Math.max(1, Math.min(error.getEndPosition(), lineEnd) - start);
    return " ".repeat(marginal(where, "").length() + Math.max(0, column)) + Colour.red("^".repeat(width));
  }

  private static String head(String message) {
    return Colour.red(NAME) + ": " + message;
  }

  private static String marginal(String where, String line) {
    return "    " + where + " | " + line;
  }

  private String message(Diag error, String source) {
    return error.getCode().equals("compiler.err.premature.eof") ? "the cell ends before this does; is a bracket or a quote missing?"
        : unresolved.sentence(error, source).orElseGet(() -> javac(error));
  }

  /** javac's words without the line that names JShell's own class. */
  private static String javac(Diag error) {
    return error.getMessage(Locale.ENGLISH).lines()
        .filter(line -> !line.strip().startsWith("location:"))
        .map(line -> line.replaceAll("\\s+", " ").strip())
        .collect(Collectors.joining(", "));
  }
}
