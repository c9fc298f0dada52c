package secateur.hub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A repository of the hub.
 *
 * @param name {@code org/name}
 * @param revision a branch, a tag, a commit, or a reference such as {@code refs/pr/1}
 */
public record Repository(Kind kind, String name, String revision) {

  /** What a repository holds. */
  public enum Kind {
    MODEL("models", ""), DATASET("datasets", "datasets/");

    private final String plural;
    private final String prefix;

    Kind(String plural, String prefix) {
      this.plural = plural;
      this.prefix = prefix;
    }
  }

  private static final String MAIN = "main";
  private static final Pattern PART = Pattern.compile("\\w([\\w.-]{0,94}\\w)?");
  private static final Pattern REVISION = Pattern.compile("[\\w.+@/-]+");

  /** Refuses a name or a revision that the hub does not allow. */
  public Repository {
    if (!isName(name)) {
      throw new IllegalArgumentException("'" + name + "' is no name of the hub; allowed is org/name of letters, digits, '-', '_' and '.'");
    }
    if (!REVISION.matcher(revision).matches() || !FileNames.staysInside(revision)) {
      throw new IllegalArgumentException("'" + revision + "' is no revision; allowed are a branch, a tag and a commit");
    }
  }

  /** {@code org/name} or {@code org/name@revision}. */
  public static Repository of(Kind kind, String id) {
    int at = id.indexOf('@');
    return at < 0 ? new Repository(kind, id, MAIN) : new Repository(kind, id.substring(0, at), id.substring(at + 1));
  }

  /** Whether {@code text} has the form {@code org/name}, with or without {@code @revision}; a path of one folder has it too. */
  public static boolean isId(String text) {
    return isName(text.split("@", 2)[0]);
  }

  private static boolean isName(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 2 && PART.matcher(parts[0]).matches() && PART.matcher(parts[1]).matches()
        && !text.contains("--") && !text.contains("..") && !text.endsWith(".git");
  }

  /** The same repository at another revision. */
  Repository at(String other) {
    return new Repository(kind, name, other);
  }

  /** {@code models--org--name}. */
  String folder() {
    return kind.plural + "--" + name.replace("/", "--");
  }

  /** Where a person reads about it. */
  String page() {
    return "/" + kind.prefix + name;
  }

  /** The path that answers {@code question} about it. */
  String api(String question) {
    return "/api/" + kind.plural + "/" + name + "/" + question;
  }

  /** The path of {@code file} at {@code commit}, percent-encoded. */
  String file(String commit, String file) {
    return page() + "/resolve/" + commit + "/" + FileNames.encoded(file);
  }

  /** The revision as one percent-encoded segment of a path. */
  String encodedRevision() {
    return URLEncoder.encode(revision, StandardCharsets.UTF_8);
  }

  /** For example {@code model org/name}, with {@code @revision} where that is not main. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name + (revision.equals(MAIN) ? "" : "@" + revision);
  }
}
