package secateur.text;

import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import secateur.hub.Hub;

/** A text with a name and a checksum, from which windows are cut for calibration and for perplexity. */
public final class Corpus {
  private static final String FILES = "%d files of %s in path order, joined by one blank line";
  private static final Map<Split, SoftReference<Corpus>> BUNDLED = new EnumMap<>(Split.class);

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
   * The corpus of a name:
   *
   * <ul>
   *   <li>{@code "java"} (for calibration), {@code "java:validation"} or {@code "java:test"}: Java sources of libraries
   *       that the bundled model has not seen.
   *   <li>The path of a file: {@code .parquet}, {@code .jsonl}, {@code .json} (one object a line), all but Parquet with
   *       {@code .gz} too; any other is UTF-8 text and read as it is.
   *   <li>A dataset of the Hugging Face hub, {@code "org/name:split"}, with {@code #config} before the split where it has
   *       configs, {@code #path/of/a/file} to take one file, {@code @revision} after the name:
   *       {@code "Salesforce/wikitext#wikitext-2-raw-v1:test"}, {@code "allenai/c4#en/c4-validation.00000-of-00008.json.gz"}.
   *       What is left out must be clear; what there is to choose from is in the error. It is downloaded into the cache
   *       that {@link Hub} describes. A dataset in several formats is read from Parquet first, then JSON Lines, then text.
   * </ul>
   *
   * Rows are the column {@code text}, or the only one of strings; a row without it is left out. Rows and files are joined
   * by one blank line, {@code "\n\n".join(rows)}.
   *
   * @throws IllegalArgumentException if it is none of these, or could mean more than one
   * @throws IllegalStateException if the hub cannot be reached and the cache does not have it
   */
  public static Corpus load(String name) {
    return load(name, null, Hub::ofEnvironment);
  }

  /** As {@link #load(String)}, with the text in {@code column} of its rows. */
  public static Corpus load(String name, String column) {
    return load(name, Objects.requireNonNull(column, "column"), Hub::ofEnvironment);
  }

  static Corpus load(String name, String column, Supplier<Hub> hub) {
    return Split.bundled(name).map(Corpus::bundled).or(() -> file(name, column))
        .or(() -> HubDataset.of(name).map(dataset -> rows(name, dataset.download(hub.get()), column)))
        .orElseThrow(() -> new IllegalArgumentException("no corpus \"" + name + "\"; allowed are \"java\", \"java:validation\", \"java:test\","
            + " the path of a text, JSON Lines or Parquet file, and a dataset org/name#config:split of the Hugging Face hub"));
  }

  /** A text of one's own. */
  public static Corpus of(String name, String text) {
    return new Corpus(name, text, "as given");
  }

  /** One for all who ask, so that it is tokenized once, while memory lasts. */
  private static synchronized Corpus bundled(Split split) {
    Corpus kept = BUNDLED.containsKey(split) ? BUNDLED.get(split).get() : null;
    if (kept == null) {
      kept = read(split);
      BUNDLED.put(split, new SoftReference<>(kept));
    }
    return kept;
  }

  private static Corpus read(Split split) {
    var artifacts = SourceArtifact.of(split);
    var documents = artifacts.stream().flatMap(a -> SourceJar.onClassPath(a).stream()).toList();
    var libraries = artifacts.stream().map(a -> a.id() + " " + a.version()).collect(Collectors.joining(", "));
    return new Corpus(split.corpus(), String.join("\n\n", documents), FILES.formatted(documents.size(), libraries));
  }

  private static Optional<Corpus> file(String name, String column) {
    try {
      var path = Path.of(name);
      return Files.isRegularFile(path) ? Optional.of(rows(path.getFileName().toString(), List.of(path), column)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Corpus rows(String name, List<Path> files, String column) {
    var documents = Documents.of(files, column);
    var joined = documents.count() == 1 ? "one document as it is" : documents.count() + " documents joined by one blank line";
    return new Corpus(name, documents.text(), joined);
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
