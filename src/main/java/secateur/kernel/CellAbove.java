package secateur.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * A cell up to the cursor.
 *
 * @param snippets the Java above, with the magics written out
 * @param here the snippet or magic in which the cursor stands, up to the cursor
 * @param start where that begins in the cell
 */
record CellAbove(List<String> snippets, String here, int start) {

  /** Cuts cells into snippets; {@code magics} writes the Java of a magic. */
  record Cutter(SourceCodeAnalysis analysis, Function<MagicCall, String> magics) {

    /** The first snippets of a text, and what follows. */
    private record Piece(List<String> snippets, String tail) {}

    CellAbove cut(String code) {
      List<String> above = new ArrayList<>();
      String rest = code.substring(MagicCall.skipped(code));
      for (Optional<Piece> piece = finished(rest); piece.isPresent(); piece = finished(rest)) {
        above.addAll(piece.get().snippets());
        String tail = piece.get().tail();
        rest = tail.substring(MagicCall.skipped(tail));
      }
      return new CellAbove(above, rest, code.length() - rest.length());
    }

    /** The piece that the text begins with, unless the cursor at its end may stand in that. */
    private Optional<Piece> finished(String text) {
      Optional<MagicCall> magic = MagicCall.at(text);
      if (magic.isPresent()) {
        boolean goesOn = magic.get().isCell() || magic.get().rest().isEmpty() && !text.endsWith("\n");
        return goesOn ? Optional.empty() : Optional.of(new Piece(written(magic.get()), magic.get().rest()));
      }
      CompletionInfo info = analysis.analyzeCompletion(text);
      boolean more = info.completeness().isComplete() && info.remaining() != null && !info.remaining().isBlank();
      return more ? Optional.of(new Piece(List.of(info.source()), info.remaining())) : Optional.empty();
    }

    private List<String> written(MagicCall magic) {
      try {
        List<String> snippets = new ArrayList<>();
        String rest = magic.target() + magics.apply(magic);
        while (!rest.isBlank()) {
          CompletionInfo info = analysis.analyzeCompletion(rest);
          snippets.add(info.completeness().isComplete() ? info.source() : rest);
          rest = info.completeness().isComplete() ? info.remaining() : "";
        }
        return snippets;
      } catch (CellError wrong) {
        return List.of(); // declares nothing
      }
    }
  }
}
