package secateur.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The models that come with the project. */
public final class Bundled {

  /** As {@code bundled.txt} lists them, a name a line. */
  public static final List<String> NAMES = names();

  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

  private Bundled() {}

  private static List<String> names() {
    try (InputStream in = Bundled.class.getResourceAsStream("/secateur/bundled.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read which models are bundled", e);
    }
  }

  /** The directory of the bundled model {@code name}; unpacked to a temporary one where it lies in a jar. */
  static Optional<Path> find(String name) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    URL config = Bundled.class.getResource("/secateur/models/" + name + "/config.json");
    if (config == null) {
      throw new IllegalStateException("the bundled model " + name + " is missing from the class path");
    }
    return Optional.of(config.getProtocol().equals("file") ? Path.of(URI.create(config.toString())).getParent() : unpack(name));
  }

  private static Path unpack(String name) {
    try {
      Path directory = Files.createTempDirectory("secateur-" + name);
      directory.toFile().deleteOnExit();
      for (String file : FILES) {
        try (InputStream in = Bundled.class.getResourceAsStream("/secateur/models/" + name + "/" + file)) {
          Files.copy(in, directory.resolve(file));
          directory.resolve(file).toFile().deleteOnExit();
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the bundled model " + name, e);
    }
  }
}
