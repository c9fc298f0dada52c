package secateur.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The class path of an installed kernel, in absolute paths, as Jupyter starts kernels in the notebook's directory.
 *
 * @param classes our own classes: a directory or a jar
 * @param libraries everything else, jars first: an archive holds with whatever follows what it was made with
 */
record KernelClassPath(Path classes, List<String> libraries) {

  private static final String FILE = "classpath";

  static KernelClassPath ofThisProcess() {
    List<Path> all = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty()).map(entry -> Path.of(entry).toAbsolutePath().normalize()).toList();
    Path ours = all.stream().filter(KernelClassPath::hasOurs).findFirst().orElseThrow();
    return new KernelClassPath(ours, all.stream().filter(entry -> !entry.equals(ours))
        .sorted(Comparator.comparing(Files::isDirectory)).map(Path::toString).toList());
  }

  private static boolean hasOurs(Path entry) {
    try {
      return Path.of(KernelClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI()).equals(entry);
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  String whole() {
    return classes + File.pathSeparator + after();
  }

  /** The libraries as one text. */
  String after() {
    return String.join(File.pathSeparator, libraries);
  }

  /** The libraries that are jars. */
  String jars() {
    return String.join(File.pathSeparator, libraries.stream().filter(entry -> !Files.isDirectory(Path.of(entry))).toList());
  }

  /** Whether the spec in {@code directory} has just this. */
  boolean isIn(Path directory) throws IOException {
    return Files.exists(directory.resolve(FILE)) && Files.readString(directory.resolve(FILE)).equals(text());
  }

  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(FILE), text());
  }

  private String text() {
    return classes + "\n" + after() + "\n";
  }
}
