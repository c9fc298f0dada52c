package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Completion, documentation and completeness of the code in a cell. */
final class Assist {

  private final SourceCodeAnalysis analysis;
  private final Magics magics;

  Assist(SourceCodeAnalysis analysis, Magics magics) {
    this.analysis = analysis;
    this.magics = magics;
  }

  ReplacementOptions complete(String code, int cursor) {
    int at = Utf8.index(code, cursor);
    int start = lastSnippet(code, at);
    int percent = code.lastIndexOf('%', at - 1);
    if (percent >= start && code.substring(percent, at).matches("%\\w*")) {
      List<String> names = magics.namesLike(code.substring(percent + 1, at));
      return new ReplacementOptions(names, Utf8.codePoints(code, percent + 1), cursor);
    }
    int[] anchor = {at - start};
    List<String> found = analysis.completionSuggestions(code.substring(start), at - start, anchor).stream()
        .map(Suggestion::continuation).distinct().toList();
    return new ReplacementOptions(found, Utf8.codePoints(code, start + anchor[0]), cursor);
  }

  /** What is known of the name or the call at the cursor; null if nothing is. */
  DisplayData inspect(String code, int cursor) {
    int at = Utf8.index(code, cursor);
    Optional<String> magic = magicAt(code, at);
    if (magic.isPresent()) {
      return new DisplayData(magic.get());
    }
    int start = lastSnippet(code, at);
    List<Documentation> found = analysis.documentation(code.substring(start), at - start, true);
    String text = found.stream().map(Assist::text).collect(Collectors.joining("\n\n"));
    return found.isEmpty() ? null : new DisplayData(text);
  }

  private static Optional<String> magicAt(String code, int at) {
    int lineStart = code.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    return MagicCall.at(code.substring(lineStart)).map(MagicCall::name).flatMap(Magics::help);
  }

  private static String text(Documentation documentation) {
    String javadoc = Optional.ofNullable(documentation.javadoc()).map(Assist::plain).orElse("");
    return (documentation.signature() + "\n" + javadoc).strip();
  }

  private static String plain(String javadoc) {
    return javadoc.replaceAll("<[^>]+>", "").replaceAll("\\{@\\w+ ([^}]*)\\}", "$1")
        .replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** {@code complete}, {@code invalid}, {@code unknown}, or the indent of the next line. */
  String isComplete(String code) {
    String rest = code.substring(MagicCall.skipped(code));
    while (!rest.isEmpty()) {
      Optional<MagicCall> magic = MagicCall.at(rest);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (magic.isEmpty() && !goesOn(info.completeness())) {
        return state(info.completeness());
      }
      String tail = magic.map(MagicCall::rest).orElse(info.remaining());
      rest = tail.substring(MagicCall.skipped(tail));
    }
    return BaseKernel.IS_COMPLETE_YES;
  }

  private static boolean goesOn(Completeness completeness) {
    return completeness.isComplete() && completeness != Completeness.UNKNOWN; // JShell counts the unknown as complete
  }

  private static String state(Completeness completeness) {
    return switch (completeness) {
      case DEFINITELY_INCOMPLETE -> "    ";
      case UNKNOWN, EMPTY -> BaseKernel.IS_COMPLETE_BAD;
      default -> BaseKernel.IS_COMPLETE_YES;
    };
  }

  /** Where the snippet begins in which the cursor stands. */
  private int lastSnippet(String code, int at) {
    String rest = code.substring(0, at);
    while (true) {
      String code0 = rest.substring(MagicCall.skipped(rest));
      Optional<MagicCall> magic = MagicCall.at(code0).filter(call -> !call.rest().isEmpty());
      CompletionInfo info = analysis.analyzeCompletion(code0);
      String tail = magic.map(MagicCall::rest).orElse(info.completeness().isComplete() ? info.remaining() : "");
      if (tail == null || tail.isBlank()) {
        return at - code0.length();
      }
      rest = tail;
    }
  }
}
