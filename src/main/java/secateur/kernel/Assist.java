package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Completion, documentation and completeness of the code in a cell. */
final class Assist {

  private final SourceCodeAnalysis analysis;
  private final CellAbove.Cutter cutter;
  private final JavaCompletion java;
  private final MagicCompletion magic;

  Assist(Evaluator evaluator, Magics magics) {
    analysis = evaluator.analysis();
    cutter = new CellAbove.Cutter(analysis, magics.anywhere()::java);
    java = new JavaCompletion(analysis);
    magic = new MagicCompletion(magics, new KernelSession(() -> evaluator));
  }

  ReplacementOptions complete(String code, int cursor) {
    int at = Utf8.index(code, cursor);
    Completion found = complete(code.substring(0, at));
    return new ReplacementOptions(found.names(), Utf8.codePoints(code, found.start()), Utf8.codePoints(code, at));
  }

  private Completion complete(String code) {
    CellAbove cell = cutter.cut(code);
    String here = cell.here();
    return magic.name(here).or(() -> TypedMagic.at(here).map(typed -> inMagic(typed, cell.snippets())))
        .orElseGet(() -> java.complete(cell.snippets(), here)).moved(cell.start());
  }

  private Completion inMagic(TypedMagic typed, List<String> snippets) {
    if (typed.javaStart().isEmpty()) {
      return magic.arguments(typed, method -> java.complete(snippets, method));
    }
    int start = typed.javaStart().getAsInt();
    return complete(typed.text().substring(start)).moved(start);
  }

  /** What is known of the name or the call at the cursor; null if nothing is. */
  DisplayData inspect(String code, int cursor) {
    int at = Utf8.index(code, cursor);
    Optional<String> magic = magicAt(code, at);
    if (magic.isPresent()) {
      return new DisplayData(magic.get());
    }
    String here = cutter.cut(code.substring(0, at)).here();
    List<Documentation> found = analysis.documentation(here, here.length(), true);
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
}
