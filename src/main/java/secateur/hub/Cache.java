package secateur.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import secateur.file.AtomicFile;

/**
 * One repository in the cache: {@code blobs} named by etag, {@code snapshots} of links to them by commit, {@code refs}
 * that say which commit a revision is (https://huggingface.co/docs/hub/local-cache).
 */
final class Cache {

  private static final String COMMIT = "[0-9a-f]{40}";

  private final Path root;
  private final Repository repository;
  private final Path folder;

  Cache(Path root, Repository repository) {
    this.root = root;
    this.repository = repository;
    this.folder = root.resolve(repository.folder());
  }

  Path root() {
    return root;
  }

  Path blob(String etag) {
    return folder.resolve("blobs").resolve(FileNames.checked(etag));
  }

  /** What has come of a blob so far. */
  Path incomplete(String etag) {
    return folder.resolve("blobs").resolve(FileNames.checked(etag) + ".incomplete");
  }

  Path lock(String etag) {
    return root.resolve(".locks").resolve(repository.folder()).resolve(FileNames.checked(etag) + ".lock");
  }

  Path snapshot(String commit) {
    if (!commit.matches(COMMIT)) {
      throw new IllegalArgumentException("'" + commit + "' is no commit; it has 40 hexadecimal digits");
    }
    return folder.resolve("snapshots").resolve(commit);
  }

  /** Where {@code file} is found at {@code commit}. */
  Path pointer(String commit, String file) {
    return snapshot(commit).resolve(FileNames.checked(file));
  }

  /** The commit that the revision was when it was last asked for. */
  Optional<String> commit() {
    if (repository.revision().matches(COMMIT)) {
      return Optional.of(repository.revision());
    }
    Path ref = ref();
    try {
      return Files.isRegularFile(ref) ? Optional.of(Files.readString(ref).strip()).filter(text -> text.matches(COMMIT)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + ref, e);
    }
  }

  /** Notes that the revision is {@code commit}. */
  void remember(String commit) {
    if (!repository.revision().equals(commit) && !commit().equals(Optional.of(commit))) {
      AtomicFile.write(ref(), out -> out.write(StandardCharsets.US_ASCII.encode(commit)));
    }
  }

  private Path ref() {
    return folder.resolve("refs").resolve(repository.revision());
  }

  /** The files at {@code commit} with their bytes; empty where none was downloaded. */
  SortedMap<String, Long> files(String commit) {
    Path snapshot = snapshot(commit);
    SortedMap<String, Long> files = new TreeMap<>();
    if (!Files.isDirectory(snapshot)) {
      return files;
    }
    try (var all = Files.walk(snapshot)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(snapshot.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"), Files.size(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + snapshot, e);
    }
  }

  /** Makes {@code file} at {@code commit} the blob {@code etag}: by a relative link, or as a copy where there are no links. */
  void link(String commit, String file, String etag) throws IOException {
    Path pointer = pointer(commit, file);
    if (Files.exists(pointer)) {
      return;
    }
    Files.createDirectories(pointer.getParent());
    Files.deleteIfExists(pointer);
    try {
      Files.createSymbolicLink(pointer, pointer.getParent().relativize(blob(etag)));
    } catch (FileAlreadyExistsException e) {
      return; // another process was first
    } catch (UnsupportedOperationException | FileSystemException e) {
      copy(blob(etag), pointer);
    }
  }

  static void copy(Path blob, Path pointer) throws IOException {
    Path part = pointer.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      Files.copy(blob, part);
      Files.move(part, pointer, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
