package secateur.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The imports that every session begins with, from {@code secateur/secateur.jsh}; plain jshell reads the same file. */
final class Imports {

  private static final String RESOURCE = "/secateur/secateur.jsh";

  private Imports() {}

  static List<String> lines() {
    try (InputStream in = Imports.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .map(String::strip).filter(line -> line.startsWith("import ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
