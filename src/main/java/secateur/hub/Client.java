package secateur.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import secateur.tensor.Progress;

/** Requests to the hub. Redirects are followed by hand, so that the token goes to the hub's own origin and nowhere else. */
final class Client {

  /** What is asked for: HEAD or GET, more headers, what to do with the body. */
  record Question<T>(String method, Map<String, String> headers, Supplier<BodyHandler<T>> body) {}

  private static final int REDIRECTS = 5;
  private static final long POLL_MS = 100;

  private final HttpClient http;
  private final Settings settings;
  private final Timing timing;

  /**
   * How long to wait.
   *
   * @param pause after the first failure
   * @param silence until a connection that brings nothing counts as broken
   */
  record Timing(Duration pause, Duration silence) {}

  Client(Settings settings, Timing timing) {
    this.settings = settings;
    this.timing = timing;
    this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timing.silence().compareTo(Duration.ofSeconds(10)) < 0 ? timing.silence() : Duration.ofSeconds(10)).build();
  }

  /** The name of the hub, for messages. */
  String host() {
    return settings.endpoint().getRawAuthority();
  }

  Patience patience() {
    return new Patience(timing.pause());
  }

  /** The JSON text at {@code path}; tried again where the hub is busy, not where it cannot be reached. */
  HttpResponse<String> text(String path) throws IOException {
    for (Patience patience = patience();;) {
      try {
        return busyOrNot(send(path, new Question<>("GET", Map.of(), BodyHandlers::ofString), new AtomicLong()));
      } catch (ConnectException | HttpTimeoutException e) {
        throw e;
      } catch (IOException e) {
        patience.after(e);
      }
    }
  }

  /** The headers at {@code path}, of the hub itself, even where it points to another host. */
  HttpResponse<Void> head(String path) throws IOException {
    for (Patience patience = patience();;) {
      try {
        return busyOrNot(send(path, new Question<>("HEAD", Map.of(), BodyHandlers::discarding), new AtomicLong()));
      } catch (IOException e) {
        patience.after(e);
      }
    }
  }

  /**
   * The answer after all redirects; HEAD stays at the hub.
   *
   * @param received counts the bytes of the body: an answer that brings none for a while is given up
   */
  <T> HttpResponse<T> send(String path, Question<T> question, AtomicLong received) throws IOException {
    URI uri = URI.create(settings.endpoint() + path);
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpResponse<T> answer = await(http.sendAsync(request(uri, question), question.body().get()), received);
      Optional<URI> next = next(uri, answer);
      if (next.isEmpty() || question.method().equals("HEAD") && !own(next.get())) {
        return answer;
      }
      uri = next.get();
    }
    throw new IOException(host() + " redirects more than " + REDIRECTS + " times");
  }

  /** Throws one sentence where {@code answer} refuses {@code what}. */
  void check(HttpResponse<?> answer, Repository repository, String what) {
    Answers.check(answer, repository, what, settings);
  }

  private <T> HttpRequest request(URI uri, Question<T> question) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(question.method(), HttpRequest.BodyPublishers.noBody())
        .header("User-Agent", "secateur").header("Accept-Encoding", "identity");
    question.headers().forEach(request::header);
    if (own(uri)) {
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    return request.build();
  }

  /** Whether {@code uri} has the scheme, host and port of the hub. */
  boolean own(URI uri) {
    return origin(uri).equals(origin(settings.endpoint()));
  }

  private static String origin(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(java.util.Locale.ROOT);
  }

  private static Optional<URI> next(URI uri, HttpResponse<?> answer) throws IOException {
    if (answer.statusCode() < 300 || answer.statusCode() == 304 || answer.statusCode() > 308) {
      return Optional.empty();
    }
    String location = answer.headers().firstValue("Location").orElse("");
    URI next;
    try {
      next = uri.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(uri.getHost() + " redirects to '" + location + "', which is no address", e);
    }
    boolean kept = "https".equalsIgnoreCase(next.getScheme()) || "http".equalsIgnoreCase(next.getScheme()) && "http".equalsIgnoreCase(uri.getScheme());
    if (location.isEmpty() || next.getHost() == null || !kept) {
      throw new IOException(uri.getHost() + " redirects to '" + location + "', which is not followed");
    }
    return Optional.of(next);
  }

  private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, AtomicLong received) throws IOException {
    long seen = received.get();
    long since = System.nanoTime();
    try {
      while (true) {
        Progress.check();
        try {
          return answer.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          since = received.get() == seen ? since : System.nanoTime();
          seen = received.get();
          if (System.nanoTime() - since > timing.silence().toNanos()) {
            throw new HttpTimeoutException("nothing came for " + timing.silence().toSeconds() + " s");
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    } catch (ExecutionException e) {
      throw cause(e);
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException cause(ExecutionException failure) {
    if (failure.getCause() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
  }

  private static <T> HttpResponse<T> busyOrNot(HttpResponse<T> answer) throws IOException {
    Answers.checkBusy(answer);
    return answer;
  }
}
