package secateur.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Source files of classes: from the class path itself (ours lie under {@code META-INF/sources}), from a
 * {@code -sources.jar} beside a jar of the class path, as in Maven's repository, and from the JDK's {@code src.zip}.
 */
final class SourceFiles {

  private static final String OURS = "META-INF/sources/";

  private final List<Path> archives = new ArrayList<>();
  private final Path jdk;

  SourceFiles(String classPath) {
    Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator))).filter(entry -> entry.endsWith(".jar"))
        .map(entry -> Path.of(entry.endsWith("-sources.jar") ? entry : entry.replaceFirst("\\.jar$", "-sources.jar")))
        .filter(Files::isRegularFile).forEach(archives::add);
    jdk = Path.of(System.getProperty("java.home"), "lib", "src.zip");
  }

  /**
   * The source of a top-level class.
   *
   * @param module its module, empty if it has none
   * @param className its full name
   */
  Optional<String> of(String module, String className) {
    String file = className.replace('.', '/') + ".java";
    if (!module.isEmpty()) {
      return Files.isRegularFile(jdk) ? in(jdk, module + "/" + file) : Optional.empty();
    }
    return ours(file).or(() -> archives.stream().flatMap(archive -> in(archive, file).stream()).findFirst());
  }

  private static Optional<String> ours(String file) {
    try (InputStream in = SourceFiles.class.getClassLoader().getResourceAsStream(OURS + file)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> in(Path archive, String file) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(file);
      return entry == null ? Optional.empty()
          : Optional.of(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + archive, e);
    }
  }
}
