package secateur.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.QualifiedNames;

/** Says of a name that javac does not know what is known instead. */
final class Unresolved {

  private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(class|variable|method|constructor)\\s+(\\w+)");
  private static final Pattern OWNER = Pattern.compile(
      "location:\\s+(?:variable \\S+ of type|class|interface|enum|record|@interface|(package))\\s+(\\S.*)");
  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
  private static final Pattern CREATION = Pattern.compile("\\bnew\\s+[\\w.]*\\z");
  private static final int TRIES = 40;
  private static final int PAUSE_MS = 50;

  private final SourceCodeAnalysis analysis;

  Unresolved(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /**
   * What is missing, and what may have been meant; empty if the error is another one.
   *
   * @param source the snippet that it is in
   */
  Optional<String> sentence(Diag error, String source) {
    String message = error.getMessage(Locale.ENGLISH);
    Matcher symbol = SYMBOL.matcher(message);
    if (!error.getCode().startsWith("compiler.err.cant.resolve") || !symbol.find()) {
      return Optional.empty();
    }
    String name = symbol.group(2);
    return Optional.of(missing(message, symbol.group(1) + " " + name) + meant(name, symbol.group(1), before(error, name, source)));
  }

  private static String missing(String message, String what) {
    Matcher owner = OWNER.matcher(message);
    if (!owner.find()) {
      return "there is no " + what;
    }
    String place = owner.group(1) == null ? PACKAGES.matcher(owner.group(2)).replaceAll("") : "package " + owner.group(2);
    return place + " has no " + what;
  }

  /** The source up to the name; an error about {@code lab.stepp} ends where the name does. */
  private static String before(Diag error, String name, String source) {
    int end = (int) Math.min(source.length(), error.getEndPosition());
    int start = source.lastIndexOf(name, Math.max(0, end - name.length()));
    return source.substring(0, Math.max(0, start));
  }

  /**
   * What may have been meant by a name that a declaration waits for.
   *
   * @param dependency as JShell says it, {@code class Wnda} or {@code method f(int)}
   */
  String meant(String dependency) {
    String name = dependency.replaceFirst("^\\w+ ", "").replaceFirst("\\(.*", "");
    return meant(name, dependency.substring(0, Math.max(0, dependency.indexOf(' '))), "");
  }

  private String meant(String name, String kind, String before) {
    boolean aClass = Character.isUpperCase(name.charAt(0)) && !kind.equals("method") && !before.endsWith(".");
    List<String> imports = aClass ? importable(name) : List.of();
    if (!imports.isEmpty()) {
      return "; write first " + String.join(" or ", imports.stream().map(each -> "import " + each + ";").toList());
    }
    if (kind.equals("method") && candidates("class", "new ").contains(name)) {
      return "; write new " + name;
    }
    List<String> near = Nearest.to(name, candidates(kind, before));
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  private List<String> candidates(String kind, String before) {
    return new JavaCompletion(analysis).complete(List.of(), before).names().stream()
        .filter(found -> kind.equals("method") == found.contains("(") || CREATION.matcher(before).find())
        .map(found -> found.replaceFirst("\\(.*", "")).distinct().toList();
  }

  /** Classes of this name on the class path that are not imported; JShell lists the class path in the background. */
  private List<String> importable(String name) {
    try {
      QualifiedNames names = analysis.listQualifiedNames(name, name.length());
      for (int tries = 0; !names.isUpToDate() && tries < TRIES; tries++) {
        Thread.sleep(PAUSE_MS);
        names = analysis.listQualifiedNames(name, name.length());
      }
      return names.getNames();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
