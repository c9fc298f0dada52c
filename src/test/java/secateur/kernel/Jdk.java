package secateur.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK of this machine that kernels can run on. */
record Jdk(Path home, int feature) {

  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

  /** One of each version from 17, this Java first of its own. */
  static Stream<Jdk> all() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    if (System.getenv("JAVA_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA_HOME")));
    }
    Path system = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(system)) {
      try (Stream<Path> found = Files.list(system)) {
        found.sorted().forEach(homes::add);
      }
    }
    Map<Integer, Jdk> versions = new TreeMap<>();
    for (Path home : homes) {
      if (Files.isExecutable(home.resolve(Path.of("bin", "javac"))) && Files.exists(home.resolve("release"))) {
        Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
        if (version.find() && Integer.parseInt(version.group(1)) >= 17) {
          versions.putIfAbsent(Integer.parseInt(version.group(1)), new Jdk(home, Integer.parseInt(version.group(1))));
        }
      }
    }
    return versions.values().stream();
  }

  Path java() {
    return home.resolve(Path.of("bin", "java"));
  }

  @Override
  public String toString() {
    return "Java " + feature;
  }
}
