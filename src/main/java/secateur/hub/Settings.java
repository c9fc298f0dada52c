package secateur.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the environment says, under the names that {@code huggingface_hub} reads.
 *
 * @param endpoint {@code HF_ENDPOINT}, without a slash at its end
 * @param cache {@code HF_HUB_CACHE}, else {@code HF_HOME/hub}, else {@code ~/.cache/huggingface/hub}
 * @param token {@code HF_TOKEN}, else the content of {@code HF_HOME/token}
 * @param offline {@code HF_HUB_OFFLINE}
 */
record Settings(URI endpoint, Path cache, Optional<String> token, boolean offline) {

  private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");

  static Settings of(Map<String, String> variables) {
    Path cacheHome = path(variables, "XDG_CACHE_HOME").orElse(home().resolve(".cache"));
    Path huggingFace = path(variables, "HF_HOME").orElse(cacheHome.resolve("huggingface"));
    return new Settings(endpoint(text(variables, "HF_ENDPOINT").orElse("https://huggingface.co")),
        path(variables, "HF_HUB_CACHE").orElse(huggingFace.resolve("hub")).toAbsolutePath().normalize(),
        text(variables, "HF_TOKEN").or(() -> saved(huggingFace.resolve("token"))).map(Settings::token),
        text(variables, "HF_HUB_OFFLINE").filter(value -> YES.contains(value.toUpperCase(Locale.ROOT))).isPresent());
  }

  private static Optional<String> text(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
  }

  private static Optional<Path> path(Map<String, String> variables, String name) {
    return text(variables, name).map(value -> value.startsWith("~/") ? home().resolve(value.substring(2)) : Path.of(value));
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  private static URI endpoint(String value) {
    if (!value.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
      throw new IllegalArgumentException("HF_ENDPOINT is '" + value + "'; allowed is an address such as https://huggingface.co");
    }
    return URI.create(value.replaceFirst("/+$", ""));
  }

  private static String token(String value) {
    if (!value.matches("[!-~]+")) {
      throw new IllegalArgumentException("the token in HF_TOKEN or HF_HOME/token has a space or another character that no token has");
    }
    return value;
  }

  private static Optional<String> saved(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file).strip()).filter(value -> !value.isEmpty()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the token in " + file, e);
    }
  }
}
