package secateur.kernel;

import java.util.List;
import java.util.Optional;

/** Why a cell failed, in the words and lines that the notebook shows. */
final class CellError extends RuntimeException {

  /** The name of an error by which the user stopped a cell. */
  static final String INTERRUPTED = "Interrupted";

  /** The name of an error of a cell that took too long. */
  static final String TIMEOUT = "Timeout";

  private final String name;
  private final List<String> traceback;
  private final String origin;

  CellError(String name, String message, List<String> traceback) {
    this(name, message, traceback, null);
  }

  /** {@code origin} is the line of a numbered cell that it came from, or null. */
  CellError(String name, String message, List<String> traceback, String origin) {
    super(message, null, false, false);
    this.name = name;
    this.traceback = List.copyOf(traceback);
    this.origin = origin;
  }

  /** One of ours, which no exception of Java's stands behind. */
  static CellError of(String name, String sentence) {
    return new CellError(name, sentence, List.of(Colour.red(name) + ": " + sentence));
  }

  /** Whether the user, or a limit of time, stopped it. */
  boolean isInterrupt() {
    return name.equals(INTERRUPTED) || name.equals(TIMEOUT);
  }

  /** The class name of the exception that the user's code met. */
  String name() {
    return name;
  }

  /** The line of a numbered cell that it came from, {@code cell 3, line 2: text}. */
  Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  /** Lines for people, with ANSI colours. */
  List<String> traceback() {
    return traceback;
  }
}
