package secateur.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories that hold a model, and those on the way to one. */
final class ModelDirectories {

  private ModelDirectories() {}

  /** Those in the directory that {@code typed} names up to its last slash, sorted; one without a model ends in a slash. */
  static Stream<String> like(String typed) {
    String parent = typed.substring(0, typed.lastIndexOf('/') + 1);
    try (Stream<Path> found = Files.list(Path.of(parent.isEmpty() ? "." : parent))) {
      List<String> names = found.filter(Files::isDirectory).filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(path -> isModel(path) || !typed.isEmpty()).sorted()
          .map(path -> parent + path.getFileName() + (isModel(path) ? "" : "/")).toList();
      return names.stream();
    } catch (IOException | InvalidPathException nowhere) {
      return Stream.of();
    }
  }

  private static boolean isModel(Path directory) {
    return Files.isRegularFile(directory.resolve("config.json"));
  }
}
