package secateur.kernel;

import java.util.List;

/** Why a cell failed, in the words and lines that the notebook shows. */
final class CellError extends RuntimeException {

  private final String name;
  private final List<String> traceback;

  CellError(String name, String message, List<String> traceback) {
    super(message, null, false, false);
    this.name = name;
    this.traceback = List.copyOf(traceback);
  }

  /** One of ours, which no exception of Java's stands behind. */
  static CellError of(String name, String sentence) {
    return new CellError(name, sentence, List.of(Colour.red(name) + ": " + sentence));
  }

  /** The class name of the exception that the user's code met. */
  String name() {
    return name;
  }

  /** Lines for people, with ANSI colours. */
  List<String> traceback() {
    return traceback;
  }
}
