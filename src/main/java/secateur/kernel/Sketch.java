package secateur.kernel;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One piece of Java in which the declarations of a cell stand around the place of the cursor, so that a compiler sees
 * them all and nothing has to run. Each local stands in a block of its own: a later one may have the name of an earlier.
 * The method round them is not static: in static ones JShell offers no locals.
 */
final class Sketch {

  private static final String OWN_NAMES = "\\$(Cell|cell|Here|JShell|method)\\b.*";

  private final List<String> imports;
  private final String members;
  private final String locals;

  /** @param snippets what stands above the cursor */
  Sketch(List<String> snippets) {
    imports = of(ParsedJava.Kind.IMPORT, snippets);
    members = String.join("\n", of(ParsedJava.Kind.MEMBER, snippets));
    locals = of(ParsedJava.Kind.LOCAL, snippets).stream().map(Sketch::ended)
        .map(local -> local + "\n{ ").collect(Collectors.joining());
  }

  private static List<String> of(ParsedJava.Kind kind, List<String> snippets) {
    return snippets.stream().filter(snippet -> ParsedJava.kind(snippet) == kind).toList();
  }

  private static String ended(String snippet) {
    String text = snippet.strip();
    return text.endsWith(";") || text.endsWith("}") ? text : text + "\n;";
  }

  /** Import declarations of the cell. */
  List<String> imports() {
    return imports;
  }

  /** The source up to the place of the cursor, without imports; {@code here} follows. */
  String before(String here) {
    String within = ParsedJava.kind(here) == ParsedJava.Kind.MEMBER ? "class $Here { " : "";
    return "class $Cell {\n" + members + "\nObject $cell() throws Throwable {\n" + locals + within;
  }

  /** A declaration without the names of the classes round it. */
  static String withoutOwn(String declaration) {
    return declaration.replaceAll("\\$(?:Session|Cell|Here)\\.", "");
  }

  /** Whether a name is of the sketch, not of the user. */
  static boolean isOwn(String name) {
    return name.matches(OWN_NAMES);
  }
}
