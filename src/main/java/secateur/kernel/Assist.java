package secateur.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import picocli.CommandLine.Help.Ansi;

/** Completion, documentation and completeness of the code in a cell. */
final class Assist {

  private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierPart}+(?:\\s*\\()?|\\s*\\(");

  private final Evaluator evaluator;
  private final SourceCodeAnalysis analysis;
  private final CellAbove.Cutter cutter;
  private final JavaCompletion java;
  private final MagicCompletion magic;

  Assist(Evaluator evaluator, Magics magics) {
    this.evaluator = evaluator;
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

  /**
   * What is known of the name or the call at the cursor; null if nothing is.
   *
   * @param source whether to show the source as well
   */
  DisplayData inspect(String code, int cursor, boolean source) {
    int at = Utf8.index(code, cursor);
    Matcher name = NAME.matcher(code).region(at, code.length());
    int end = code.startsWith("(", at - 1) || !name.lookingAt() ? at : name.end();
    return inspect(code.substring(0, end), code.substring(end), source).orElse(null);
  }

  private Optional<DisplayData> inspect(String code, String after, boolean source) {
    CellAbove cell = cutter.cut(code);
    Inspection inspection = new Inspection(evaluator.declarations().toList(), evaluator.classPath());
    Function<String, Optional<DisplayData>> inspect = here -> inspection.inspect(cell.snippets(), here, source);
    Optional<TypedMagic> typed = TypedMagic.at(cell.here());
    if (typed.isEmpty()) {
      return inspect.apply(cell.here());
    }
    OptionalInt body = typed.get().javaStart();
    return body.isPresent() ? inspect(cell.here().substring(body.getAsInt()), after, source)
        : method(typed.get()).flatMap(inspect).or(() -> Optional.of(help(typed.get(), after)));
  }

  private static Optional<String> method(TypedMagic typed) {
    String method = typed.methodStart().isPresent() ? typed.text().substring(typed.methodStart().getAsInt()) : "";
    return method.isEmpty() ? Optional.empty() : Optional.of(TypedMagic.before(method) + method);
  }

  /** How the magic is used, and the Java that it writes here. */
  private DisplayData help(TypedMagic typed, String after) {
    String usage = typed.command().getUsageMessage(Ansi.OFF).stripTrailing();
    try {
      String written = cutter.magics().apply(MagicCall.at(typed.text() + after).orElseThrow());
      return new DisplayData(usage + "\n\nHere it writes:\n" + written.indent(2).stripTrailing());
    } catch (CellError unfinished) {
      return new DisplayData(usage);
    }
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
