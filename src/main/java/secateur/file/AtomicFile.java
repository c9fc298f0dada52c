package secateur.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its target, syncs it and moves it into place: the target is the old or the new one. */
public final class AtomicFile {

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}. */
    void to(FileChannel out) throws IOException;
  }

  private AtomicFile() {}

  /** Writes {@code file}; its folder is made where it is missing. */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        fill(part, content);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void fill(Path part, Content content) throws IOException {
    try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.to(out);
      out.force(true);
    }
  }
}
