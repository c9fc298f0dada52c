package secateur.hub;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What a file of the hub should be.
 *
 * @param etag names its content: the SHA-256 of a large file, git's SHA-1 of a small one
 * @param size bytes
 */
record Head(String etag, long size) {

  static Head of(HttpResponse<?> answer) throws IOException {
    String etag = etag(answer.headers()).filter(FileNames::staysInside)
        .orElseThrow(() -> new IOException(answer.uri().getHost() + " sends no usable ETag"));
    long size = answer.headers().firstValueAsLong("X-Linked-Size").orElse(redirected(answer) ? -1 : length(answer));
    if (size < 0) {
      throw new IOException(answer.uri().getHost() + " does not say how large the file is");
    }
    return new Head(etag, size);
  }

  /** {@code X-Linked-Etag}, else {@code ETag}, without quotes and the mark of a weak one. */
  static Optional<String> etag(HttpHeaders headers) {
    return headers.firstValue("X-Linked-Etag").or(() -> headers.firstValue("ETag")).map(text -> text.replaceFirst("^W/", "").replace("\"", ""));
  }

  private static boolean redirected(HttpResponse<?> answer) {
    return answer.statusCode() >= 300;
  }

  private static long length(HttpResponse<?> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
  }
}
