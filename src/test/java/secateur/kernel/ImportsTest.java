package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class ImportsTest {

  /** What jshell imports by itself (jdk.jshell's DEFAULT start-up). */
  private static final List<String> JSHELL = List.of("java.io", "java.math", "java.net", "java.nio.file", "java.util",
      "java.util.concurrent", "java.util.function", "java.util.prefs", "java.util.regex", "java.util.stream");

  private static Set<String> packages() {
    return Imports.lines().stream().filter(line -> line.endsWith(".*;") && !line.contains(" static "))
        .map(line -> line.replaceAll("^import |\\.\\*;$", "")).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> singles() {
    return Imports.lines().stream().filter(line -> !line.endsWith(".*;") && !line.contains(" static "))
        .map(line -> line.replaceAll("^import .*\\.|;$", "")).collect(Collectors.toSet());
  }

  @Test
  void noNameIsAmbiguous() throws IOException {
    Set<String> all = new TreeSet<>(packages());
    all.addAll(JSHELL);
    all.add("java.lang");
    Map<String, List<String>> owners = new TreeMap<>();
    for (String name : all) {
      publicTypes(name).forEach(type -> owners.computeIfAbsent(type, key -> new ArrayList<>()).add(name));
    }
    owners.keySet().removeAll(singles());
    owners.values().removeIf(list -> list.size() < 2);
    assertThat(owners).isEmpty();
  }

  @Test
  void theListKnowsJavasOwnNames() throws IOException {
    assertThat(publicTypes("java.util")).contains("List", "Observer");
    assertThat(publicTypes("ai.djl.ndarray")).contains("NDArray");
    assertThat(packages()).containsAll(JSHELL);
  }

  @Test
  void everyImportCompiles() {
    try (Evaluator evaluator = new Evaluator(System.getProperty("java.class.path"), call -> "")) {
      Imports.lines().forEach(line -> evaluator.evaluate(line, 0));
      assertThat(evaluator.evaluate("List.of(Path.of(\"a\"), Table.create(\"t\"), Shape.class).size()", 1)).isEqualTo(3);
    }
  }

  private static Set<String> publicTypes(String packageName) throws IOException {
    Set<String> names = new HashSet<>();
    try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      List<JavaFileManager.Location> places = new ArrayList<>(List.of(StandardLocation.CLASS_PATH));
      files.listLocationsForModules(StandardLocation.SYSTEM_MODULES).forEach(places::addAll);
      for (JavaFileManager.Location place : places) {
        for (JavaFileObject file : files.list(place, packageName, EnumSet.of(JavaFileObject.Kind.CLASS), false)) {
          String simple = files.inferBinaryName(place, file).replaceFirst(".*\\.", "");
          Stream.of(simple).filter(name -> isPublic(packageName + "." + name)).forEach(names::add);
        }
      }
    }
    return names;
  }

  private static boolean isPublic(String className) {
    try {
      Class<?> type = Class.forName(className, false, ImportsTest.class.getClassLoader());
      return Modifier.isPublic(type.getModifiers()) && type.getEnclosingClass() == null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
