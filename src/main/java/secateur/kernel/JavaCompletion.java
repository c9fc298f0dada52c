package secateur.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completes Java: what has the expected type first, what every object has last. */
final class JavaCompletion {

  private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+\\z");
  private static final Pattern MEMBER = Pattern.compile("(?:\\.|::)\\s*\\z");
  private static final Pattern IMPORT = Pattern.compile("import\\s+(?:static\\s+)?([\\w.]+)\\.(\\w+|\\*)\\s*;?\\s*");
  private static final Pattern OF_EVERY_OBJECT = Pattern.compile("(?:clone|equals|finalize|getClass|hashCode|notify|notifyAll|wait)\\(\\)?");

  private final SourceCodeAnalysis analysis;

  JavaCompletion(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /**
   * What may go on at the end of {@code here}.
   *
   * @param snippets the Java above it that has not run
   */
  Completion complete(List<String> snippets, String here) {
    int start = nameStart(here);
    Sketch sketch = new Sketch(snippets);
    String code = here.startsWith("import ") ? here : sketch.before(here) + here;
    List<String> names = names(suggestions(sketch, code, here.substring(start)));
    return new Completion(names.isEmpty() ? qualified(code) : names, start);
  }

  private Stream<Suggestion> suggestions(Sketch sketch, String code, String name) {
    String before = code.substring(0, code.length() - name.length());
    if (MEMBER.matcher(before).find()) {
      return suggestions(String.join("\n", sketch.imports()) + code);
    }
    Stream<Suggestion> inScope = suggestions(code).filter(found -> !ofEveryObject(found));
    return Stream.concat(inScope, sketch.imports().stream().flatMap(line -> imported(line, before, name)));
  }

  /** The names that an import of the cell brings: JShell completes one snippet, so they are written out. */
  private Stream<Suggestion> imported(String line, String before, String name) {
    Matcher matcher = IMPORT.matcher(line);
    if (!matcher.matches()) {
      return Stream.of();
    }
    String only = matcher.group(2);
    return suggestions(before + matcher.group(1) + "." + name)
        .filter(found -> only.equals("*") || found.continuation().matches(Pattern.quote(only) + "\\b.*"));
  }

  private Stream<Suggestion> suggestions(String code) {
    return analysis.completionSuggestions(code, code.length(), new int[1]).stream();
  }

  /** A class that is on the class path but not imported, with its package. */
  private List<String> qualified(String code) {
    return analysis.listQualifiedNames(code, code.length()).getNames();
  }

  private static List<String> names(Stream<Suggestion> suggestions) {
    return suggestions.filter(found -> !Sketch.isOwn(found.continuation()))
        .sorted(Comparator.comparing(JavaCompletion::rank).thenComparing(Suggestion::continuation))
        .map(Suggestion::continuation).distinct().toList();
  }

  private static int rank(Suggestion found) {
    return ofEveryObject(found) ? 2 : found.matchesType() ? 0 : 1;
  }

  private static boolean ofEveryObject(Suggestion found) {
    return OF_EVERY_OBJECT.matcher(found.continuation()).matches();
  }

  private static int nameStart(String text) {
    Matcher name = NAME.matcher(text);
    return name.find() ? name.start() : text.length();
  }
}
