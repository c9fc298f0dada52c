package secateur.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/** Reads the documents of a {@code sources} jar, after comparing the jar with the manifest's SHA-256. */
final class SourceJar {
  private SourceJar() {
  }

  /** Documents of a jar on the class path, in path order; found by its anchor in whatever class loader has it. */
  static List<String> onClassPath(SourceArtifact artifact) {
    var anchor = Stream.of(Thread.currentThread().getContextClassLoader(), SourceJar.class.getClassLoader())
        .filter(Objects::nonNull)
        .map(loader -> loader.getResource(artifact.anchor()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(artifact.artifact()
            + " with classifier sources is not on the class path; it is a dependency in Secateur's pom.xml"));
    try {
      return documents(artifact, jarOf(anchor));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the jar of " + anchor, e);
    }
  }

  /** Documents of a jar file, in path order. */
  static List<String> at(Path file, SourceArtifact artifact) {
    try {
      return documents(artifact, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static byte[] jarOf(URL entry) throws IOException {
    if (!(entry.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(entry + " is not inside a jar");
    }
    try (var in = connection.getJarFileURL().openStream()) {
      return in.readAllBytes();
    }
  }

  private static List<String> documents(SourceArtifact artifact, byte[] jar) throws IOException {
    var found = Sha256.of(jar);
    if (!found.equals(artifact.sha256())) {
      throw new IllegalStateException("the sources of " + artifact.artifact() + " have SHA-256 " + found
          + "; the manifest allows only " + artifact.sha256());
    }
    var byPath = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".java")) {
          var path = entry.getName();
          JavaSource.document(path, zip.readAllBytes()).ifPresent(text -> byPath.put(path, text));
        }
      }
    }
    return new ArrayList<>(byPath.values());
  }
}
