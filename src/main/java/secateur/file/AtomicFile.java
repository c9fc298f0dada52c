package secateur.file;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file beside its target, syncs it, moves it into place and syncs the folder: the target is the old or the new one, whole. A
 * writer that is killed may leave {@code .NAME.UUID.part} beside it, which nothing reads.
 */
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
        sync(target.getParent());
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

  /** The folder's entry, so that the move outlasts a loss of power; Windows opens no folders and orders moves itself. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    } catch (AccessDeniedException e) {
      if (File.separatorChar == '/') {
        throw e;
      }
    }
  }
}
