package secateur.kernel;

import java.util.List;

/**
 * Where a snippet was typed.
 *
 * @param cell the number of the cell, 0 where it has none
 * @param line the line of the cell on which the snippet begins, from 1
 * @param magic the magic that wrote the snippet, or null where the user typed it
 */
record Place(int cell, int line, MagicCall magic) {

  /** {@code cell 3, line 2} for a line of the snippet, from 1. */
  String name(int lineOfSnippet) {
    int shown = magic == null ? line + lineOfSnippet - 1 : line;
    return cell > 0 ? "cell " + cell + ", line " + shown : "line " + shown;
  }

  /** {@code cell 3, line 2: text}. */
  String said(String snippet, int lineOfSnippet) {
    return name(lineOfSnippet) + ": " + text(snippet, lineOfSnippet).strip();
  }

  /** The text of that line, as the user typed it. */
  String text(String snippet, int lineOfSnippet) {
    if (magic != null) {
      return magic.toString();
    }
    List<String> lines = snippet.lines().toList();
    return lineOfSnippet >= 1 && lineOfSnippet <= lines.size() ? lines.get(lineOfSnippet - 1) : "";
  }
}
