package secateur.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import secateur.tensor.Progress;

/** Whether a file has the content that its etag names. */
final class Checksum {

  private static final int BUFFER = 1 << 18;
  private static final String SHA256 = "[0-9a-f]{64}";
  private static final String SHA1 = "[0-9a-f]{40}";

  private Checksum() {}

  /**
   * Whether {@code file} has the SHA-256 {@code etag}, or is git's blob of the SHA-1 {@code etag}; true for an etag that
   * is neither, which names content in a way of its own.
   */
  static boolean matches(Path file, String etag) throws IOException {
    if (etag.matches(SHA256)) {
      return etag.equals(digest("SHA-256", "", file));
    }
    return !etag.matches(SHA1) || etag.equals(digest("SHA-1", "blob " + Files.size(file) + "\0", file));
  }

  private static String digest(String algorithm, String prefix, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(prefix.getBytes(StandardCharsets.US_ASCII));
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        Progress.check();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
