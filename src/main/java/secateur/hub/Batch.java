package secateur.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import secateur.tensor.Progress;

/** Files of one repository that are wanted together. */
final class Batch {

  private static final int STEPS = 1000;

  private final Client client;
  private final Cache cache;
  private final Listing listing;

  Batch(Client client, Cache cache, Listing listing) {
    this.client = client;
    this.cache = cache;
    this.listing = listing;
  }

  /** Those of {@code files} that the cache does not have. */
  TreeSet<String> missing(Collection<String> files) {
    return files.stream().filter(file -> !Files.exists(cache.pointer(listing.commit(), file))).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Downloads what the cache lacks, then shows all of it in the snapshot. */
  void bring(Collection<String> files) throws IOException {
    Map<String, Head> heads = heads(missing(files));
    Map<String, Map.Entry<String, Head>> blobs = heads.entrySet().stream()
        .collect(Collectors.toMap(each -> each.getValue().etag(), Function.identity(), (one, same) -> one, TreeMap::new));
    checkDisk(blobs.values());
    transfer(blobs.values());
    for (Map.Entry<String, Head> each : heads.entrySet()) {
      cache.link(listing.commit(), each.getKey(), each.getValue().etag());
    }
    cache.remember(listing.commit());
  }

  private Map<String, Head> heads(Collection<String> files) throws IOException {
    Map<String, Head> heads = new ConcurrentHashMap<>();
    Workers.all(files.stream().<Callable<Void>>map(file -> () -> {
      var answer = client.head(remote(file).path());
      client.check(answer, listing.repository(), file);
      heads.put(file, Head.of(answer));
      return null;
    }).toList(), Progress::check);
    return heads;
  }

  private Remote remote(String file) {
    return new Remote(listing.repository(), listing.commit(), file);
  }

  private void checkDisk(Collection<Map.Entry<String, Head>> blobs) throws IOException {
    long needed = 0;
    for (Map.Entry<String, Head> each : blobs) {
      String etag = each.getValue().etag();
      needed += Math.max(0, each.getValue().size() - Math.max(size(cache.blob(etag)), size(cache.incomplete(etag))));
    }
    Files.createDirectories(cache.root());
    long free = Files.getFileStore(cache.root()).getUsableSpace();
    if (needed > free) {
      throw new IllegalStateException("the " + listing.repository() + " needs " + Bytes.of(needed) + " more in " + cache.root()
          + ", where " + Bytes.of(free) + " are free; make room, or set HF_HUB_CACHE to a folder on another disk");
    }
  }

  private void transfer(Collection<Map.Entry<String, Head>> blobs) throws IOException {
    long total = blobs.stream().mapToLong(each -> each.getValue().size()).sum();
    if (blobs.isEmpty()) {
      return;
    }
    AtomicLong received = new AtomicLong();
    try (Progress progress = Progress.of("downloading " + listing.repository().name(), STEPS)) {
      Workers.all(blobs.stream().<Callable<Void>>map(each -> () -> {
        new Download(client, cache, remote(each.getKey()), each.getValue(), received).run();
        return null;
      }).toList(), new Runnable() {

        private int done;

        @Override
        public void run() {
          Progress.check();
          for (long now = STEPS * received.get() / Math.max(1, total); done < now; done++) {
            progress.step(Bytes.of(received.get()) + " of " + Bytes.of(total));
          }
        }
      });
    }
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
