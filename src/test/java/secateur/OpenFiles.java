package secateur;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which files this process holds open, where the system says so (Linux). */
public final class OpenFiles {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** The open files under {@code directory}. */
  public static List<String> under(Path directory) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return List.of();
    }
    try (var all = Files.list(DESCRIPTORS)) {
      return all.map(OpenFiles::target).filter(file -> file.startsWith(directory.toAbsolutePath().toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed in the meantime
    }
  }
}
