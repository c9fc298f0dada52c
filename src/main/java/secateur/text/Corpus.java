package secateur.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A text with a name and a checksum, from which windows are cut for calibration and for perplexity. */
public final class Corpus {
  private static final String FILES = "%d files of %s in path order, joined by one blank line";

  private final String name;
  private final String text;
  private final String joined;
  private final String sha256;
  private final Map<String, long[]> ids = new ConcurrentHashMap<>();   // by tokenizer hash

  private Corpus(String name, String text, String joined) {
    if (name == null || name.isBlank() || text == null || text.isBlank()) {
      throw new IllegalArgumentException("corpus \"" + name + "\" needs a name and a text that are not blank");
    }
    this.name = name;
    this.text = text;
    this.joined = joined;
    this.sha256 = Sha256.of(text);
  }

  /**
   * The corpus of a name: {@code "java"} (for calibration), {@code "java:validation"} or {@code "java:test"}, which
   * are Java sources of libraries that the bundled model has not seen; else the path of a UTF-8 text file, read as it is.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Corpus load(String name) {
    return Split.bundled(name).map(Corpus::bundled).orElseGet(() -> file(name));
  }

  /** A text of one's own. */
  public static Corpus of(String name, String text) {
    return new Corpus(name, text, "as given");
  }

  private static Corpus bundled(Split split) {
    var artifacts = SourceArtifact.of(split);
    var documents = artifacts.stream().flatMap(a -> SourceJar.onClassPath(a).stream()).toList();
    var libraries = artifacts.stream().map(a -> a.id() + " " + a.version()).collect(Collectors.joining(", "));
    return new Corpus(split.corpus(), String.join("\n\n", documents), FILES.formatted(documents.size(), libraries));
  }

  private static Corpus file(String name) {
    try {
      var path = Path.of(name);
      if (!Files.isRegularFile(path)) {
        throw unknown(name);
      }
      return new Corpus(path.getFileName().toString(), Files.readString(path), "one file as it is");
    } catch (InvalidPathException e) {
      throw unknown(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " as UTF-8 text", e);
    }
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("no corpus \"" + name
        + "\"; allowed are \"java\", \"java:validation\", \"java:test\" and the path of a text file");
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** Of the text in UTF-8, 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** How the text was put together of its documents. */
  public String joined() {
    return joined;
  }

  /**
   * Windows without overlap, evenly spread over the text: the protocol of GPTQ, SparseGPT and Wanda, which tokenize
   * the whole text once, cut it into {@code tokens / length} windows and drop the tail.
   *
   * @param count how many; the text must have as many
   * @param length tokens of each, at least 2
   */
  public Windows windows(int count, int length) {
    return new Windows(new TextWindows(this, new Slicing.Spread(count, length)));
  }

  /** All windows without overlap. */
  public Windows windows(int length) {
    return new Windows(new TextWindows(this, new Slicing.All(length)));
  }

  /**
   * Slices that begin anywhere and may overlap: how GPTQ and SparseGPT draw their calibration text.
   *
   * @param count how many
   * @param length tokens of each, at least 2
   */
  public Windows sample(int count, int length, long seed) {
    return new Windows(new TextWindows(this, new Slicing.Random(count, length, seed)));
  }

  /** Ids of the whole text, computed once per tokenizer; not to be written to. */
  long[] ids(Tokenizer tokenizer) {
    return ids.computeIfAbsent(tokenizer.hash(), hash -> tokenizer.encode(text));
  }

  /** The name with the beginning of the checksum and the rule of joining. */
  String label() {
    return name + " (sha256 " + sha256.substring(0, 8) + "…, " + joined + ")";
  }

  @Override
  public String toString() {
    return "Corpus(" + label() + ", " + text.length() + " characters)";
  }
}
