package secateur.hub;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;

/** Names of files in a repository: segments between slashes. */
final class FileNames {

  private FileNames() {}

  /** Whether {@code name}, resolved in a folder, stays inside it on every system. */
  static boolean staysInside(String name) {
    boolean plain = name.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c));
    return plain && Arrays.stream(name.split("/", -1)).noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  /** {@code name}, or an error where it leads out of the folder that it belongs to. */
  static String checked(String name) {
    if (!staysInside(name)) {
      throw new IllegalArgumentException("'" + name + "' is no file name that is used here: it may lead out of the cache");
    }
    return name;
  }

  /** {@code name} percent-encoded, slashes kept. */
  static String encoded(String name) {
    try {
      return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + name + "' is no file name: " + e.getReason(), e);
    }
  }
}
