package secateur.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The Hugging Face hub and the cache of its files on this machine, as {@code huggingface_hub} and this project share it.
 * Environment variables: {@code HF_HUB_CACHE}, {@code HF_HOME}, {@code HF_TOKEN}, {@code HF_ENDPOINT}, {@code HF_HUB_OFFLINE}.
 */
public final class Hub {

  private static final Client.Timing USUAL = new Client.Timing(Duration.ofMillis(500), Duration.ofSeconds(30));

  private static final String REMEDY = "load it, or run secateur fetch, once with a connection";

  private final Settings settings;
  private final Client client;

  /** A hub that {@code variables} describe instead of the environment. */
  public Hub(Map<String, String> variables) {
    this(variables, USUAL);
  }

  Hub(Map<String, String> variables, Client.Timing timing) {
    this.settings = Settings.of(variables);
    this.client = new Client(settings, timing);
  }

  /** The hub that the environment variables describe. */
  public static Hub ofEnvironment() {
    return new Hub(System.getenv());
  }

  /** The name of the hub, for messages. */
  public String host() {
    return client.host();
  }

  /**
   * The files of {@code repository}; empty where the hub has no such repository. Offline, and where the hub cannot be
   * reached, the files in the cache.
   *
   * @throws IllegalArgumentException if the hub refuses it
   * @throws IllegalStateException if there is no way to the hub and nothing in the cache
   */
  public Optional<Listing> find(Repository repository) {
    if (settings.offline()) {
      return Optional.of(cached(repository, "HF_HUB_OFFLINE is set", null));
    }
    try {
      HttpResponse<String> answer = client.text(repository.api("revision/" + repository.encodedRevision() + "?blobs=true"));
      if (Answers.noRepository(answer, settings.token().isPresent())) {
        return Optional.empty();
      }
      client.check(answer, repository, "list of files");
      return Optional.of(listing(repository, answer.body()));
    } catch (IOException e) {
      return Optional.of(cached(repository, unreachable(e), e));
    }
  }

  /**
   * The directory that has {@code files}, after what the cache lacks of them was downloaded. They become visible there
   * together, when all have come and have been compared with their checksums; what has come before a failure or a cancel
   * is kept for the next try.
   *
   * @throws IllegalArgumentException if the hub refuses a file
   * @throws IllegalStateException if the disk is too small, the connection breaks for good, or a checksum is wrong
   */
  public Path download(Listing listing, Collection<String> files) {
    Cache cache = new Cache(settings.cache(), listing.repository());
    Batch batch = new Batch(client, cache, listing);
    listing.offline().ifPresent(why -> checkThere(listing, batch.missing(files), why));
    try {
      batch.bring(files);
      return cache.snapshot(listing.commit());
    } catch (IOException e) {
      throw new IllegalStateException("downloading the " + listing.repository() + " broke off (" + reason(e)
          + "); what has come is kept, try again to go on", e);
    }
  }

  private void checkThere(Listing listing, SortedSet<String> missing, String why) {
    if (!missing.isEmpty()) {
      throw new IllegalStateException("the " + listing.repository() + " is not complete in the cache " + settings.cache() + ": "
          + missing.first() + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more are" : " is") + " missing, and " + why + "; " + REMEDY);
    }
  }

  /**
   * The safetensors that the hub's own robot proposed for a repository of pickles, in a pull request on its newest
   * commit; empty where there is none.
   */
  public Optional<Listing> converted(Listing listing) {
    return listing.offline().isPresent() ? Optional.empty()
        : new Conversion(client).of(listing).flatMap(revision -> find(listing.repository().at(revision)));
  }

  private Listing cached(Repository repository, String why, IOException cause) {
    Cache cache = new Cache(settings.cache(), repository);
    Optional<String> commit = cache.commit();
    SortedMap<String, Long> files = commit.map(cache::files).orElseGet(TreeMap::new);
    if (files.isEmpty()) {
      throw new IllegalStateException("the " + repository + " is not in the cache " + cache.root() + ", and " + why
          + "; " + REMEDY + ", or give a path", cause);
    }
    return new Listing(repository, commit.get(), files, Optional.of(why));
  }

  private record File(String rfilename, Long size) {}

  private record Info(String sha, List<File> siblings) {}

  private Listing listing(Repository repository, String body) throws IOException {
    Info info = Answers.json(body, Info.class);
    if (info.sha() == null || info.siblings() == null) {
      throw new IOException("its answer has no 'sha' and 'siblings'");
    }
    SortedMap<String, Long> files = new TreeMap<>();
    info.siblings().forEach(file -> files.put(file.rfilename(), file.size() == null ? -1 : file.size()));
    return new Listing(repository, info.sha(), files, Optional.empty());
  }

  private String unreachable(IOException failure) {
    return host() + " cannot be reached (" + reason(failure) + ")";
  }

  private static String reason(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).filter(text -> !text.isBlank())
        .or(() -> Optional.ofNullable(failure.getCause()).map(Throwable::getMessage))
        .orElse(failure instanceof java.net.ConnectException ? "no connection" : failure.getClass().getSimpleName());
  }
}
