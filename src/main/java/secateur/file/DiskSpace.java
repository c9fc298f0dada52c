package secateur.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on the disk, looked at before much is written. */
public final class DiskSpace {

  private static final double MIB = 1 << 20;

  private DiskSpace() {}

  /** Refuses to write {@code bytes} to {@code target}, a file or folder that need not exist yet, where they have no room. */
  public static void check(Path target, long bytes) {
    check(target, bytes, free(target));
  }

  static void check(Path target, long bytes, long free) {
    if (bytes > free) {
      throw new IllegalStateException(String.format(Locale.ROOT, "%s needs %,.1f MiB, but %,.1f MiB are free on its disk",
          target, bytes / MIB, free / MIB));
    }
  }

  private static long free(Path target) {
    Path there = target.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the disk of " + target, e);
    }
  }
}
