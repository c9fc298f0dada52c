package secateur.kernel;

import java.util.Optional;

/** Where evaluation stands in a cell. */
final class CellCursor {

  private final String source;
  private final Place start;
  private String rest;

  CellCursor(String source, int cell) {
    this(source, new Place(cell, 1, null));
  }

  private CellCursor(String source, Place start) {
    this.source = source;
    this.start = start;
    moveTo(source);
  }

  /** A cursor over the Java that a magic wrote at this place. */
  CellCursor written(MagicCall magic, String java) {
    return new CellCursor(java, new Place(start.cell(), place().line(), magic));
  }

  boolean more() {
    return !rest.isEmpty();
  }

  /** What is still to be run; it begins with code. */
  String rest() {
    return rest;
  }

  Optional<MagicCall> magic() {
    return MagicCall.at(rest);
  }

  Place place() {
    String before = source.substring(0, source.length() - rest.length());
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return start.magic() == null ? new Place(start.cell(), start.line() + line, null) : start;
  }

  /** Goes on at a tail of the source, past blanks and comments. */
  void moveTo(String tail) {
    rest = tail.substring(MagicCall.skipped(tail));
  }
}
