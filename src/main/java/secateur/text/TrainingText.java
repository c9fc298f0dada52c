package secateur.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java source that the bundled model learns from: about 100 MB, the training split of {@code java-sources.json}.
 * The jars are fetched by {@code mvn} on first use and compared with the manifest's SHA-256.
 */
public final class TrainingText {
  private static final String POM = """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>secateur</groupId><artifactId>training-text</artifactId><version>1</version>
        <packaging>pom</packaging>
        <build><plugins><plugin>
        <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
        <version>3.9.0</version>
        <configuration>
          <outputDirectory>${project.basedir}</outputDirectory>
          <artifactItems>
      %s
          </artifactItems>
        </configuration>
        </plugin></plugins></build>
      </project>
      """;
  private static final String ITEM = "<artifactItem><groupId>%s</groupId><artifactId>%s</artifactId>"
      + "<version>%s</version><classifier>sources</classifier></artifactItem>";

  private TrainingText() {
  }

  /**
   * One string per Java file, library by library in the manifest's order, then by path; a file seen before is left
   * out. One jar at a time is in memory.
   *
   * @param cache folder that holds the jars; made, and filled through {@code mvn}, if need be
   * @throws IllegalStateException if {@code mvn} fails or a jar is not the one of the manifest
   */
  public static Stream<String> documents(Path cache) {
    var artifacts = SourceArtifact.of(Split.TRAIN);
    try {
      fetch(cache, artifacts.stream().filter(a -> !Files.exists(cache.resolve(a.file()))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot fetch the training text into " + cache, e);
    }
    var seen = new HashSet<String>();
    return artifacts.stream()
        .flatMap(a -> SourceJar.at(cache.resolve(a.file()), a).stream())
        .filter(text -> seen.add(Sha256.of(text)));
  }

  /** The same documents in an order drawn by the seed; all of them are in memory. */
  public static Stream<String> shuffled(Path cache, long seed) {
    var documents = documents(cache).collect(Collectors.toList());
    Collections.shuffle(documents, new Random(seed));
    return documents.stream();
  }

  /** The documents of the corpus {@code "java:validation"}, to measure a model that is being trained. */
  public static Stream<String> validation() {
    return SourceArtifact.of(Split.VALIDATION).stream().flatMap(a -> SourceJar.onClassPath(a).stream());
  }

  private static void fetch(Path cache, List<SourceArtifact> missing) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    Files.createDirectories(cache);
    Files.writeString(cache.resolve("pom.xml"), pom(missing));
    var log = cache.resolve("fetch.log");
    int status = run(new ProcessBuilder(mvn(), "-q", "-B", "dependency:copy")
        .directory(cache.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()));
    if (status != 0) {
      throw new IllegalStateException("mvn ended with status " + status + " while fetching " + missing.size()
          + " sources jars; its output is in " + log);
    }
  }

  private static String pom(List<SourceArtifact> artifacts) {
    return POM.formatted(artifacts.stream()
        .map(a -> ITEM.formatted(a.group(), a.id(), a.version()))
        .collect(Collectors.joining("\n")));
  }

  private static String mvn() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win") ? "mvn.cmd" : "mvn";
  }

  private static int run(ProcessBuilder builder) throws IOException {
    var process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("fetching the training text was interrupted", e);
    }
  }
}
