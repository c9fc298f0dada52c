package secateur.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a document of a Java file: which files count, and what is taken off them. */
final class JavaSource {
  private static final int LONGEST = 200_000;   // characters; longer ones are generated or tables
  private static final int HEAD = 2_000;        // characters that are searched for the mark of a generator
  private static final Pattern LICENCE = Pattern.compile("licen[cs]e|copyright", Pattern.CASE_INSENSITIVE);

  private JavaSource() {
  }

  /**
   * The document of one file: line ends are {@code \n}, the licence head and outer white space are gone. Empty for
   * files that are not Java, hold no code, say "do not edit", or are longer than 200,000 characters.
   */
  static Optional<String> document(String path, byte[] utf8) {
    if (!counts(path)) {
      return Optional.empty();
    }
    var text = new String(utf8, StandardCharsets.UTF_8).replace("\uFEFF", "").replace("\r\n", "\n").trim();
    if (text.length() > LONGEST || generated(text)) {
      return Optional.empty();
    }
    return Optional.of(withoutLicence(text)).filter(t -> !t.isEmpty());
  }

  private static boolean counts(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.endsWith(".java") && !name.equals("package-info.java") && !name.equals("module-info.java");
  }

  private static boolean generated(String text) {
    return text.substring(0, Math.min(HEAD, text.length())).toLowerCase(Locale.ROOT).contains("do not edit");
  }

  private static String withoutLicence(String text) {
    var rest = text;
    for (var end = headComment(rest); LICENCE.matcher(rest.substring(0, end)).find(); end = headComment(rest)) {
      rest = rest.substring(end).trim();
    }
    return rest;
  }

  /** Length of the comment that the text begins with: a block, or a run of {@code //} lines; 0 if there is none. */
  private static int headComment(String text) {
    if (text.startsWith("/*")) {
      int close = text.indexOf("*/", 2);
      return close < 0 ? 0 : close + 2;
    }
    int end = 0;
    while (text.startsWith("//", end)) {
      int line = text.indexOf('\n', end);
      end = line < 0 ? text.length() : line + 1;
      while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
    }
    return end;
  }
}
