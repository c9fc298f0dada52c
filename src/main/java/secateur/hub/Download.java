package secateur.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file on its way into the cache: what has come is kept, and only what its checksum proves becomes a blob. */
final class Download {

  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int BEYOND = 416;
  private static final int CLIENT_ERROR = 400;
  private static final long WORTH_COUNTING = 1 << 20;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final Client client;
  private final Cache cache;
  private final Remote remote;
  private final Head head;
  private final AtomicLong received;

  /** @param received counts the bytes that are there */
  Download(Client client, Cache cache, Remote remote, Head head, AtomicLong received) {
    this.client = client;
    this.cache = cache;
    this.remote = remote;
    this.head = head;
    this.received = received;
  }

  /** Brings the blob, unless it is there. */
  void run() throws IOException {
    Path blob = cache.blob(head.etag());
    Files.createDirectories(blob.getParent());
    try (Lock lock = Lock.of(cache.lock(head.etag()))) {
      if (Files.exists(blob) && Files.size(blob) == head.size()) {
        received.addAndGet(head.size());
        return;
      }
      Path part = cache.incomplete(head.etag());
      fill(part);
      Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A resumed file that proves damaged is begun again once. */
  private void fill(Path part) throws IOException {
    boolean resumed = size(part) > 0;
    received.addAndGet(size(part));
    complete(part);
    if (!Checksum.matches(part, head.etag())) {
      discard(part);
      if (!resumed) {
        throw new IllegalStateException("what " + client.host() + " sent for " + remote.file() + " of the " + remote.repository() + " does not have the checksum " + head.etag()
            + " that it announced; nothing of it was kept");
      }
      fill(part);
    }
  }

  private void complete(Path part) throws IOException {
    Patience patience = client.patience();
    while (size(part) != head.size() || !Files.exists(part)) {
      long before = size(part);
      try {
        if (before > head.size()) {
          discard(part);
        }
        transfer(part);
      } catch (IOException e) {
        if (size(part) - before >= WORTH_COUNTING) {
          patience.progressed();
        }
        patience.after(e);
      }
    }
  }

  private void transfer(Path part) throws IOException {
    long have = size(part);
    Map<String, String> headers = have == 0 ? Map.of() : Map.of("Range", "bytes=" + have + "-");
    try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.position(have);
      HttpResponse<Void> answer = client.send(remote.path(), new Client.Question<>("GET", headers, () -> info -> switch (info.statusCode()) {
        case WHOLE -> new ToFile(out, 0, head.size(), received);
        case PART -> continues(info.headers().firstValue("Content-Range").orElse(""), have)
            ? new ToFile(out, have, head.size(), received) : BodySubscribers.replacing(null);
        default -> BodySubscribers.replacing(null);
      }), received);
      check(answer, part, have);
      out.force(true);
    }
    if (size(part) < head.size()) {
      throw new IOException("the answer ended after " + size(part) + " of " + head.size() + " bytes");
    }
  }

  private void check(HttpResponse<Void> answer, Path part, long have) throws IOException {
    Answers.checkBusy(answer);
    int status = answer.statusCode();
    if (client.own(answer.uri())) {
      client.check(answer, remote.repository(), remote.file());
      checkEtag(answer, part);
    }
    if (status == BEYOND || status == PART && !continues(answer.headers().firstValue("Content-Range").orElse(""), have)) {
      discard(part);
      throw new IOException(answer.uri().getHost() + " answered with another part of the file than the one asked for");
    }
    if (status >= CLIENT_ERROR) {
      throw new IOException(answer.uri().getHost() + " answers " + status);
    }
  }

  /** The file was asked for at its commit, so that its etag cannot change on an honest hub. */
  private void checkEtag(HttpResponse<Void> answer, Path part) throws IOException {
    if (Head.etag(answer.headers()).filter(etag -> !etag.equals(head.etag())).isPresent()) {
      discard(part);
      throw new IllegalStateException(remote.file() + " changed on " + client.host() + " while it was downloaded; nothing of it was kept, try again");
    }
  }

  private boolean continues(String range, long have) {
    Matcher matcher = RANGE.matcher(range);
    return matcher.matches() && Long.parseLong(matcher.group(1)) == have
        && (matcher.group(2).equals("*") || Long.parseLong(matcher.group(2)) == head.size());
  }

  private void discard(Path part) throws IOException {
    received.addAndGet(-size(part));
    Files.deleteIfExists(part);
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
