package secateur.text;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import secateur.hub.Hub;
import secateur.hub.Listing;
import secateur.hub.Repository;

/** A dataset of the hub under the names of {@link Corpus#load(String)}. */
public final class HubDataset {

  /** Bytes of files beyond which no text of theirs fits a string. */
  private static final long LARGEST = 1L << 31;
  private static final int SHOWN = 12;
  private static final Pattern FORM = Pattern.compile("([^#:]+)(?:#([^:]+))?(?::([\\w.-]+))?");

  private final Repository repository;
  private final String part;
  private final String split;

  private HubDataset(Repository repository, String part, String split) {
    this.repository = repository;
    this.part = part;
    this.split = split;
  }

  /** {@code org/name}, with {@code @revision}, {@code #config} or {@code #file}, and {@code :split} where they are needed. */
  static Optional<HubDataset> of(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches() || !Repository.isId(matcher.group(1))) {
      return Optional.empty();
    }
    Repository repository = Repository.of(Repository.Kind.DATASET, matcher.group(1));
    return Optional.of(new HubDataset(repository, matcher.group(2), matcher.group(3)));
  }

  /**
   * Downloads what {@code name} means, as {@link Corpus#load(String)} reads it.
   *
   * @return the files, in the order in which they are read
   * @throws IllegalArgumentException if there is no such dataset, or more than one that it could mean
   */
  public static List<Path> download(Hub hub, String name) {
    return of(name).orElseThrow(() -> new IllegalArgumentException("'" + name
        + "' is no dataset of " + hub.host() + "; allowed is org/name#config:split, where config and split may be left out")).download(hub);
  }

  List<Path> download(Hub hub) {
    Listing listing = hub.find(repository).orElseThrow(() -> new IllegalArgumentException("'" + repository.name()
        + "' is neither a file here nor a dataset of " + hub.host() + " (a private one needs HF_TOKEN)"));
    List<String> files = choose(listing);
    long bytes = files.stream().mapToLong(file -> listing.files().getOrDefault(file, 0L)).sum();
    if (bytes > LARGEST) {
      throw new IllegalArgumentException(files.size() + " files with " + bytes / 1_000_000_000 + " GB of the " + repository
          + " are too much for a corpus, which is held in memory; name one, for example " + repository.name() + "#" + files.get(0));
    }
    Path directory = hub.download(listing, files);
    return files.stream().map(directory::resolve).toList();
  }

  private List<String> choose(Listing listing) {
    if (part != null && listing.files().containsKey(part)) {
      return List.of(part);
    }
    List<DataFile> all = listing.files().keySet().stream().flatMap(file -> DataFile.of(file).stream()).toList();
    Format format = all.stream().map(DataFile::format).min(Format::compareTo).orElseThrow(() -> nothing(listing));
    List<DataFile> config = config(all.stream().filter(file -> file.format() == format).toList());
    List<DataFile> chosen = only("split", config, DataFile::split, split == null ? null : DataFile.split(split), ":");
    Collection<String> files = new TreeSet<>(chosen.stream().map(DataFile::path).toList());
    if (listing.offline().isPresent()) {
      chosen.forEach(file -> files.addAll(file.pieces()));
    }
    return List.copyOf(files);
  }

  private List<DataFile> config(List<DataFile> files) {
    List<String> usual = List.of("", "default");
    String wanted = part != null ? part : files.stream().map(DataFile::config).filter(usual::contains).findFirst().orElse(null);
    return only("config", files, DataFile::config, wanted, "#");
  }

  /** The files that are {@code wanted}, or all of them where that is null and they agree. */
  private List<DataFile> only(String what, List<DataFile> files, Function<DataFile, String> key, String wanted, String sign) {
    SortedMap<String, List<DataFile>> groups = files.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    if (wanted == null && groups.size() == 1) {
      return groups.get(groups.firstKey());
    }
    if (wanted == null || !groups.containsKey(wanted)) {
      throw new IllegalArgumentException("the " + repository + " has " + (wanted == null ? "more than one " + what : "no " + what
          + (sign.equals("#") ? " or file '" : " '") + wanted + "'") + "; say which of " + shown(groups.keySet()) + ", for example "
          + repository.name() + (sign.equals(":") && part != null ? "#" + part : "") + sign + groups.lastKey());
    }
    return groups.get(wanted);
  }

  private static String shown(Collection<String> names) {
    return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }

  private IllegalArgumentException nothing(Listing listing) {
    return new IllegalArgumentException("the " + repository + " has no Parquet, JSON Lines or text file; it has "
        + shown(listing.files().keySet()) + "; the hub may keep a Parquet copy of it: " + repository.name() + "@refs/convert/parquet");
  }
}
