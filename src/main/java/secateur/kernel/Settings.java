package secateur.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What a kernel is told by environment variables. A value that cannot be used is left out, and a sentence says so. The
 * script that starts the kernel reads SECATEUR_CLASSPATH and SECATEUR_JVM_OPTS, and hands on its complaints.
 */
final class Settings {

  /** Set by the script that starts the kernel: what Java says of SECATEUR_JVM_OPTS. */
  private static final String REFUSED = "secateur.jvm.refused";

  private static final Pattern LIMIT = Pattern.compile("(\\d{1,9})\\s+([A-Za-z]+)");
  private static final List<ChronoUnit> UNITS =
      List.of(ChronoUnit.MILLIS, ChronoUnit.SECONDS, ChronoUnit.MINUTES, ChronoUnit.HOURS);

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> scripts = new LinkedHashMap<>();
  private final List<String> compilerOptions = new ArrayList<>();
  private final TimeLimit limit;
  private final boolean extensions;

  Settings(Map<String, String> environment, String classPath) {
    this.environment = environment;
    compilerOptions.addAll(List.of("-classpath", classPath));
    classPath(classPath);
    checkOptions();
    limit = timeLimit();
    extensions = loadExtensions();
    scriptFiles();
    if (!value("STARTUP_SCRIPT").isEmpty()) {
      scripts.put("SECATEUR_STARTUP_SCRIPT", value("STARTUP_SCRIPT"));
    }
  }

  /** Those of this process. */
  static Settings read() {
    Settings settings = new Settings(System.getenv(), System.getProperty("java.class.path"));
    if (System.getProperty(REFUSED) != null) {
      settings.refuse("JVM_OPTS", "Java says: " + System.getProperty(REFUSED));
    }
    return settings;
  }

  private String value(String name) {
    return environment.getOrDefault("SECATEUR_" + name, "").strip();
  }

  private void refuse(String name, String allowed) {
    problems.add("SECATEUR_" + name + " is \"" + value(name) + "\", which is not used: " + allowed);
  }

  private void classPath(String classPath) {
    List<String> all = List.of(classPath.split(File.pathSeparator));
    List<String> absent = Arrays.stream(value("CLASSPATH").split(File.pathSeparator)).filter(all::contains)
        .filter(entry -> !entry.isEmpty() && !Files.exists(Path.of(entry))).toList();
    if (!absent.isEmpty()) {
      refuse("CLASSPATH", "there is no " + String.join(" and no ", absent)
          + "; allowed are jars, directories of classes and patterns such as lib/*.jar, with " + File.pathSeparator + " between them");
    }
  }

  private void checkOptions() {
    List<String> words = value("COMPILER_OPTS").isEmpty() ? List.of() : List.of(value("COMPILER_OPTS").split("\\s+"));
    JavaCompiler compiler = words.isEmpty() ? null : ToolProvider.getSystemJavaCompiler();
    for (int i = 0; i < words.size(); i++) {
      int values = compiler.isSupportedOption(words.get(i));
      if (values < 0 || i + values >= words.size()) {
        refuse("COMPILER_OPTS", values < 0 ? "javac does not know " + words.get(i)
            : words.get(i) + " needs a value; allowed are javac's options");
        return;
      }
      i += values;
    }
    compilerOptions.addAll(words);
  }

  private TimeLimit timeLimit() {
    Matcher matcher = LIMIT.matcher(value("TIMEOUT"));
    String unit = matcher.matches() ? matcher.group(2).toUpperCase(Locale.ROOT).replaceFirst("S?$", "S") : "";
    String name = unit.equals("MILLISECONDS") ? "MILLIS" : unit;
    if (UNITS.stream().noneMatch(known -> known.name().equals(name))) {
      if (!value("TIMEOUT").isEmpty()) {
        refuse("TIMEOUT", "allowed is a number of MILLISECONDS, SECONDS, MINUTES or HOURS, for example 30 SECONDS");
      }
      return TimeLimit.NONE;
    }
    return new TimeLimit(Duration.of(Long.parseLong(matcher.group(1)), ChronoUnit.valueOf(name)),
        value("TIMEOUT").toLowerCase(Locale.ROOT));
  }

  private boolean loadExtensions() {
    String value = value("LOAD_EXTENSIONS").toLowerCase(Locale.ROOT);
    if (!List.of("", "0", "1", "false", "true").contains(value)) {
      refuse("LOAD_EXTENSIONS", "allowed is 0 or false for none, and 1 or true for those on the class path");
    }
    return !List.of("0", "false").contains(value);
  }

  private void scriptFiles() {
    for (String pattern : value("STARTUP_SCRIPTS_PATH").split(File.pathSeparator)) {
      if (!pattern.isBlank() && !readFiles(pattern.strip())) {
        refuse("STARTUP_SCRIPTS_PATH", "there is no file " + pattern
            + "; allowed are files and patterns such as scripts/*.jsh, with " + File.pathSeparator + " between them");
      }
    }
  }

  /** Whether the pattern names any; only its last part may hold wildcards. */
  private boolean readFiles(String pattern) {
    Path path = Path.of(pattern).toAbsolutePath();
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
      found.forEach(files::add);
      files.sort(null);
      for (Path file : files) {
        scripts.put("SECATEUR_STARTUP_SCRIPTS_PATH: " + file, Files.readString(file));
      }
      return !files.isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs the start-up scripts as cells; what each failure says. */
  List<String> runScripts(Evaluator evaluator) {
    List<String> failures = new ArrayList<>();
    scripts.forEach((name, source) -> {
      try {
        evaluator.evaluate(source, 0);
      } catch (CellError e) {
        failures.add(name + " fails: " + e.getMessage());
      }
    });
    return failures;
  }

  /** For javac, the class path among them. */
  List<String> compilerOptions() {
    return compilerOptions;
  }

  /** What a top-level statement may take. */
  TimeLimit limit() {
    return limit;
  }

  /** Whether extensions on the class path are loaded. */
  boolean extensions() {
    return extensions;
  }

  /** What could not be used, one sentence each. */
  List<String> problems() {
    return problems;
  }
}
